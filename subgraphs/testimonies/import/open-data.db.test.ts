import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { csv, importText, problemsOf, row } from '../fixtures/import-text.ts';
import { FULL, importWorld } from '../fixtures/import-world.ts';

const { database, owner, one, content } = await importWorld();

test('a row of the export says all that it says', async () => {
  const report = await importText(database.url, csv([FULL]));
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    merge: { inserted: 1, details: { concerns: 2, withoutStructure: 0, setAside: 0, replies: 1 } },
  });
  expect(problemsOf(report)).toEqual([]);
  expect(await one(sql`select * from testimonies.published_testimony`)).toMatchObject([
    {
      id: 'TEM-5417234',
      title: 'Accueil « parfait »',
      body: 'Première ligne;\nseconde ligne.',
      posted_as: 'INDIVIDUAL',
      feeling: 'POSITIVE',
      pseudonym: 'Zoé',
      written_on: '2024-03-01',
      published_on: '2024-03-05',
      user_departement_id: 'DEP-62',
      user_region_id: 'REG-32',
      user_country: 'France',
      similar_experiences: 7,
      action_engaged: true,
      action_engaged_on: '2024-04-02',
      improvement: 'Un second guichet',
      answered: true,
      import_row: 2,
    },
  ]);
  expect(await one(sql`select * from testimonies.published_concern order by position`)).toMatchObject([
    {
      network_id: 'NET-caf',
      structure_id: 'STR-caf-62',
      channels: ['Guichet', 'Téléphone'],
      status: 'PUBLISHED',
    },
    { network_id: 'NET-france-travail', structure_id: 'STR-ft-bapaume', channels: [], status: 'TO_PROCESS' },
  ]);
  expect(
    await one(sql`select body, first_answered_on, ai_similarity from testimonies.published_reply`),
  ).toEqual([{ body: 'Merci.\nÀ bientôt.', first_answered_on: '2024-03-11', ai_similarity: '12.50' }]);
  expect(await one(sql`select tag_id, detail from testimonies.published_tag order by 1`)).toEqual([
    { tag_id: 'accessibilite', detail: null },
    { tag_id: 'relation', detail: 'Qualité de l’accueil' },
  ]);
  expect(
    await one(sql`select label, procedure_id from testimonies.published_procedure order by 2 nulls first`),
  ).toEqual([
    { label: "aide au logement, et prime d'activité", procedure_id: null },
    { label: 'PROC-logement', procedure_id: 'PROC-logement' },
  ]);
  const found = await one(
    sql`select id from testimonies.published_testimony where search @@ testimonies.search_query('PARFAITS lignes')`,
  );
  expect(found).toEqual([{ id: 'TEM-5417234' }]);
});

test('JSON in snake case, and a header in another case, say the same', async () => {
  await importText(database.url, csv([FULL]));
  const expected = await content();
  const snake = (name: string) =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_');
  const json = JSON.stringify([
    Object.fromEntries(Object.entries(FULL).map(([name, cell]) => [snake(name), cell])),
  ]);
  expect(await importText(database.url, json)).toMatchObject({
    state: 'PUBLISHED',
    merge: { unchanged: 1, updated: 0 },
  });
  const shouted = csv([
    Object.fromEntries(Object.entries(FULL).map(([name, cell]) => [name.toUpperCase(), cell])),
  ]);
  expect(await importText(database.url, shouted)).toMatchObject({ merge: { unchanged: 1, updated: 0 } });
  expect(await content()).toEqual(expected);
  expect(await importText(database.url, shouted)).toMatchObject({ state: 'ALREADY_IMPORTED' });
});

describe('what readers never see', () => {
  test('rejected and waiting testimonies, drafts, and a published reply without a day', async () => {
    const report = await importText(
      database.url,
      csv([
        row({
          'ID expérience': '1',
          'Etat expérience': 'Rejetée',
          'Motif de rejet': 'Insultes',
          'Date de publication': '',
        }),
        row({ 'ID expérience': '2', 'Etat expérience': 'Rejetée', 'Date de publication': '', Titre: '' }),
        row({
          'ID expérience': '3',
          'Etat expérience': 'En attente de modération',
          'Date de publication': '',
        }),
        row({
          'ID expérience': '4',
          'Intitulé typologie 1': 'CAF',
          'Intitulé structure 1': 'CAF de Paris',
          'Statut réponse structure 1': 'À valider',
          'Réponse structure 1': 'Un brouillon',
          'Intitulé typologie 2': 'CAF',
          'Intitulé structure 2': 'CAF du Pas-de-Calais',
          'Réponse structure 2': 'Une réponse sans date',
        }),
      ]),
    );
    expect(problemsOf(report)).toEqual(['UNDATED_REPLY NOTICE 5 Date de premiere réponse']);
    expect(await one(sql`select id, state, rejection_reason from testimonies.testimony order by id`)).toEqual(
      [
        { id: 'TEM-1', state: 'REJECTED', rejection_reason: 'Insultes' },
        { id: 'TEM-2', state: 'REJECTED', rejection_reason: 'Motif non communiqué par la source' },
        { id: 'TEM-3', state: 'SUBMITTED', rejection_reason: null },
        { id: 'TEM-4', state: 'PUBLISHED', rejection_reason: null },
      ],
    );
    expect(await one(sql`select id from testimonies.published_testimony`)).toEqual([{ id: 'TEM-4' }]);
    expect(await one(sql`select status from testimonies.published_concern order by position`)).toEqual([
      { status: 'TO_PROCESS' },
      { status: 'PUBLISHED' },
    ]);
    expect(await one(sql`select body from testimonies.published_reply`)).toEqual([]);
    expect(await one(sql`select count(*)::int as kept from testimonies.reply`)).toEqual([{ kept: 2 }]);
  });
});

test.each([
  ['an unknown feeling', { 'Ressenti usager': 'Mitigé' }, 'NOT_ALLOWED', 'Ressenti usager'],
  ['an unknown state', { 'Etat expérience': 'Perdue' }, 'NOT_ALLOWED', 'Etat expérience'],
  [
    'a similarity of 130',
    { 'Taux de similarité réponse IA structure 1': '130' },
    'OUT_OF_RANGE',
    'Taux de similarité réponse IA structure 1',
  ],
  [
    'a similarity in words',
    { 'Taux de similarité réponse IA structure 2': 'fort' },
    'NOT_A_DECIMAL',
    'Taux de similarité réponse IA structure 2',
  ],
  ['a day that does not exist', { 'Écrit le': '2024-02-30' }, 'NOT_A_DATE', 'Écrit le'],
  ['a day before the programme', { 'Écrit le': '1924-03-01' }, 'OUT_OF_RANGE', 'Écrit le'],
  ['a day to come', { 'Date de publication': '2124-03-01' }, 'OUT_OF_RANGE', 'Date de publication'],
  [
    'published before written',
    { 'Date de publication': '2024-02-29' },
    'OUT_OF_RANGE',
    'Date de publication',
  ],
  [
    'answered before written',
    { 'Date de premiere réponse': '2024-02-29' },
    'OUT_OF_RANGE',
    'Date de premiere réponse',
  ],
  ['published without a day', { 'Date de publication': '' }, 'REQUIRED', 'Date de publication'],
  ['published without a text', { Description: ' ' }, 'REQUIRED', 'Description'],
  ['no number', { 'ID expérience': '' }, 'REQUIRED', 'ID expérience'],
  ['a number that is none', { 'ID expérience': 'a b' }, 'BAD_CODE', 'ID expérience'],
  ['half an experience', { 'Expériences Similaires': '1,5' }, 'NOT_AN_INTEGER', 'Expériences Similaires'],
  [
    'an unknown status',
    { 'Statut réponse structure 3': 'Perdue' },
    'NOT_ALLOWED',
    'Statut réponse structure 3',
  ],
])('%s is rejected', async (_case, cells, code, column) => {
  const report = await importText(database.url, csv([row({ 'ID expérience': '9' }), row(cells)]));
  expect(problemsOf(report)).toEqual([`${code} REJECTED 3 ${column}`]);
  expect(report.state).toBe('REFUSED');
  const accepted = await importText(database.url, csv([row({ 'ID expérience': '9' }), row(cells)]), {
    acceptRejects: true,
  });
  expect(accepted.state).toBe('PUBLISHED');
  expect(await one(sql`select id from testimonies.testimony`)).toEqual([{ id: 'TEM-9' }]);
});

test('a draft begun in the hub stays until the file has a reply', async () => {
  const file = (cells: Record<string, string> = {}) =>
    csv([row({ 'Intitulé typologie 1': 'CAF', 'Intitulé structure 1': 'CAF de Paris', ...cells })]);
  await importText(database.url, file());
  await sql`update testimonies.concern set status = 'DRAFT'`.execute(owner);
  await sql`
    insert into testimonies.reply (network_id, testimony_id, position, body)
    values ('NET-caf', 'TEM-1', 1, 'Un début')`.execute(owner);
  const drafts = () =>
    one(sql`
    select c.status, r.body from testimonies.concern c left join testimonies.reply r using (testimony_id, position)`);
  await importText(database.url, file({ Titre: 'Un titre corrigé' }));
  expect(await drafts()).toEqual([{ status: 'DRAFT', body: 'Un début' }]);
  await importText(
    database.url,
    file({ 'Réponse structure 1': 'La réponse', 'Date de premiere réponse': '2024-03-09' }),
  );
  expect(await drafts()).toEqual([{ status: 'PUBLISHED', body: 'La réponse' }]);
});

test('the same number twice: once when it says the same, never when it contradicts itself', async () => {
  const same = await importText(database.url, csv([row(), row({ 'ID expérience': 'TEM-1' })]));
  expect(problemsOf(same)).toEqual(['DUPLICATE_ROW NOTICE 3 null']);
  expect(await one(sql`select count(*)::int as n from testimonies.testimony`)).toEqual([{ n: 1 }]);
  const other = await importText(database.url, csv([row(), row({ Titre: 'Un autre' })]));
  expect(problemsOf(other)).toEqual([
    'CONTRADICTORY_ROW REJECTED 2 null',
    'CONTRADICTORY_ROW REJECTED 3 null',
  ]);
  expect(other.state).toBe('REFUSED');
});
