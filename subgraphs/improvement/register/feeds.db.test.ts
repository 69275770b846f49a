import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { registerFeeds } from './feeds.ts';

const database = await testDatabase();
await seedDirectory(database);
await insertRows(
  database.connect('administrations', 'owner'),
  'administrations.commitment',
  ['E1', 'E7'].map((code, position) => ({
    id: `COMMITMENT-${code}`,
    version: '2024',
    code,
    position,
    title: code,
    source: 'test',
  })),
);
const db = database.connect<unknown>('improvement', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;

const load = (feed: Feed, lines: readonly string[], options: Record<string, string> = {}) => {
  const stream = Readable.from([[...lines, ''].join('\n')]);
  return runImport(feed, { name: 'table.csv', stream }, { databaseUrl: database.url, options });
};
const undo = (importId: string | null) =>
  rollbackImport(new Map(registerFeeds.map((feed) => [feed.name, feed])), 'improvement', importId ?? '', {
    databaseUrl: database.url,
  });

const HEADER = 'identifiant;reseau;code_sp_structure;site;publie';
const SUBJECT = 'NET-caf;caf-62;SITE-caf-62;oui';

/** A feed, its table, a good row by column, what readers then see, and a change of it. */
const KINDS = [
  {
    name: 'frequent-errors',
    table: 'frequent_error',
    header: `${HEADER};demarche;erreur;consequence;conseil;lien;rang;dossiers_en_erreur;dossiers;valable_depuis;relu_le;regles_modifiees_le`,
    line: `ERR-1;${SUBJECT};PROC-aide;J'oublie la quittance;Dossier incomplet;Joindre la quittance;https://exemple.fr/aide;1;12;40;2024-01-01;2025-01-31;`,
    seen: { procedure_id: 'PROC-aide', rank: 1, occurrences: 12, cases: 40, review_by: '2026-01-31' },
    change: { conseil: 'Joindre la dernière quittance' },
  },
  {
    name: 'good-practices',
    table: 'good_practice',
    header: `${HEADER};titre;description;conditions;resultats;engagements;contact;depuis`,
    line: `PRACTICE-1;${SUBJECT};Le café des usagers;Une heure par mois;Une salle;Neuf sur dix contents;E7, e1;référent qualité;2024-01-01`,
    seen: { commitment_ids: ['COMMITMENT-E1', 'COMMITMENT-E7'], contact_role: 'référent qualité' },
    change: { resultats: 'Tous contents' },
  },
  {
    name: 'practice-reuses',
    table: 'practice_reuse',
    header: `${HEADER};bonne_pratique;repris_le;commentaire`,
    line: `REUSE-1;${SUBJECT};PRACTICE-1;2024-06-01;Deux heures par mois`,
    seen: { practice_id: 'PRACTICE-1', reused_on: '2024-06-01', words: 'Deux heures par mois' },
    change: { commentaire: '' },
  },
  {
    name: 'listening-bodies',
    table: 'listening_body',
    header: `${HEADER};nom;nature;usagers;agents;partenaires;elus;reunions_par_an;derniere_reunion;recommandations;suivies`,
    line: `BODY-1;${SUBJECT};Comité d'Arras;Comité d'usagers;12;3;;1;4;2025-05-01;10;7`,
    seen: { kind: 'USER_COMMITTEE', users: 12, partners: null, recommendations: 10, followed: 7 },
    change: { suivies: '8' },
  },
  {
    name: 'training-counts',
    table: 'training_count',
    header: `${HEADER};theme;periode;agents_en_contact;agents_formes;arrete_le`,
    line: `TRAIN-1;${SUBJECT};Droit à l'erreur;2025;40;31;2025-12-31`,
    seen: { theme: 'RIGHT_TO_ERROR', period: '2025', agents: 40, trained: 31, counted_on: '2025-12-31' },
    change: { agents_formes: '33' },
  },
  {
    name: 'eco-measures',
    table: 'eco_measure',
    header: `${HEADER};nature;titre;description;depuis;effet;unite`,
    line: `ECO-1;${SUBJECT};Énergie;Ampoules à diodes;Tous les bureaux;2024-02-01;-12 500,50;kWh par an`,
    seen: { kind: 'ENERGY', effect: '-12500.50', effect_unit: 'kWh par an' },
    change: { titre: 'Diodes' },
  },
].map((kind) => {
  const feed = registerFeeds.find(({ name }) => name === kind.name);
  if (feed === undefined) throw new Error(`There is no feed ${kind.name}.`);
  return { ...kind, feed };
});

type Kind = (typeof KINDS)[number];

/** The row of a kind with some of its cells changed. */
const changed = (
  { header, line }: Pick<Kind, 'header' | 'line'>,
  cells: Readonly<Record<string, string>>,
) => {
  const names = header.split(';');
  const values = line.split(';');
  for (const [name, value] of Object.entries(cells)) {
    if (!names.includes(name)) throw new Error(`${name} is no column`);
    values[names.indexOf(name)] = value;
  }
  return values.join(';');
};
const change = (kind: Kind) => changed(kind, kind.change as Readonly<Record<string, string>>);

describe.each(KINDS)('$name', (kind) => {
  const { feed, table, header, line, seen } = kind;
  const all = sql`select * from ${sql.table(`improvement.${table}`)}`;
  const published = sql`select * from ${sql.table(`improvement.published_${table}`)}`;

  test('published where the file says so; a change can be undone, and so can the first import', async () => {
    const first = await load(feed, [header, line]);
    expect(first).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 1, updated: 0 } });
    const subject = { network_id: 'NET-caf', structure_id: 'STR-caf-62', site_id: 'SITE-caf-62' };
    expect(await rows(published)).toMatchObject([{ ...seen, ...subject, departement_id: 'DEP-62' }]);
    const second = await load(feed, [header, change(kind)]);
    expect(second.merge).toEqual({ inserted: 0, updated: 1, unchanged: 0, closed: 0 });
    await undo(second.importId);
    // Undoing is a change like another: the version counts it.
    expect(await rows(published)).toMatchObject([{ ...seen, version: 3, import_id: first.importId }]);
    await undo(first.importId);
    expect(await rows(all)).toEqual([]);
    await load(feed, [header, line]);
  });

  test('the same file again is told; the same rows again change nothing', async () => {
    expect(await load(feed, [header, line])).toMatchObject({ state: 'ALREADY_IMPORTED' });
    const shuffled = await load(feed, [`${header};autre`, `${line};`]);
    expect(shuffled.merge).toEqual({ inserted: 0, updated: 0, unchanged: 1, closed: 0 });
    await undo(shuffled.importId);
  });

  test('what nobody published stays a draft', async () => {
    const draft = await load(feed, [header, changed(kind, { publie: '' })]);
    expect(await rows(published)).toEqual([]);
    await undo(draft.importId);
    const open = await load(feed, [header, changed(kind, { publie: '' })], { published: 'oui' });
    expect(await rows(published)).toHaveLength(1);
    await undo(open.importId);
  });

  test('what was written in the hub is not overwritten, unless the operator says so; nor undone', async () => {
    const touched = await load(feed, [header, change(kind)]);
    await sql`update ${sql.table(`improvement.${table}`)} set import_id = null, import_row = null`.execute(
      db,
    );
    const kept = await load(feed, [`${header};autre`, `${change(kind)};`]);
    expect(kept.problems).toMatchObject([{ code: 'WRITTEN_IN_THE_HUB', severity: 'QUARANTINED', count: 1 }]);
    await expect(undo(touched.importId)).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
    const forced = await load(feed, [`${header};autre;encore`, `${line};;`], { written: 'replace' });
    expect(forced.merge).toMatchObject({ updated: 1 });
    expect(await rows(published)).toMatchObject([{ ...seen, import_id: forced.importId }]);
    await undo(forced.importId);
    await sql`delete from ${sql.table(`improvement.${table}`)}`.execute(db);
    await load(feed, [`${header};z`, `${line};`]);
  });

  test.each([
    ['an id of something else', { identifiant: 'REP-1' }, 'identifiant', 'BAD_CODE', 'REJECTED'],
    ['no network', { reseau: '' }, 'reseau', 'REQUIRED', 'REJECTED'],
    ['an unknown network', { reseau: 'guichet' }, 'reseau', 'UNKNOWN_NETWORK', 'QUARANTINED'],
    ['an unknown site', { site: 'caf-00-01' }, 'site', 'UNKNOWN_SITE', 'QUARANTINED'],
    [
      'a structure of another network',
      { code_sp_structure: 'ft-bapaume' },
      'code_sp_structure',
      'OTHER_NETWORK',
      'QUARANTINED',
    ],
    [
      'the id of another network',
      { reseau: 'NET-france-travail', code_sp_structure: '', site: '' },
      'identifiant',
      'OTHER_NETWORK',
      'QUARANTINED',
    ],
  ])('%s is told with its line and column', async (_case, cells, column, code, severity) => {
    const { state, problems } = await load(feed, [header, changed(kind, cells)]);
    expect(state).toBe(severity === 'REJECTED' ? 'REFUSED' : 'PUBLISHED');
    expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
  });

  test('two rows of one id that differ are both rejected', async () => {
    const { state, problems } = await load(feed, [header, line, change(kind)]);
    expect(state).toBe('REFUSED');
    expect(problems).toMatchObject([{ code: 'CONTRADICTORY_ROW', count: 2 }]);
  });
});

test.each([
  ['frequent-errors', { erreur: '' }, 'erreur', 'REQUIRED'],
  ['frequent-errors', { conseil: '' }, 'conseil', 'REQUIRED'],
  ['frequent-errors', { demarche: 'aide' }, 'demarche', 'BAD_CODE'],
  ['frequent-errors', { lien: 'javascript:alert(1)' }, 'lien', 'BAD_CODE'],
  ['frequent-errors', { rang: '0' }, 'rang', 'OUT_OF_RANGE'],
  ['frequent-errors', { dossiers_en_erreur: '41' }, 'dossiers_en_erreur', 'PART_ABOVE_WHOLE'],
  ['frequent-errors', { dossiers: '' }, 'dossiers', 'REQUIRED'],
  ['frequent-errors', { relu_le: '2199-01-01' }, 'relu_le', 'FUTURE_DATE'],
  ['good-practices', { contact: 'Mme Martin' }, 'contact', 'BAD_CODE'],
  ['good-practices', { contact: 'referent@caf.fr' }, 'contact', 'BAD_CODE'],
  ['good-practices', { contact: 'le 03 21 00 00 00' }, 'contact', 'BAD_CODE'],
  ['good-practices', { engagements: 'accueil' }, 'engagements', 'BAD_CODE'],
  ['practice-reuses', { bonne_pratique: 'café' }, 'bonne_pratique', 'BAD_CODE'],
  ['practice-reuses', { repris_le: '2199-01-01' }, 'repris_le', 'FUTURE_DATE'],
  ['listening-bodies', { nature: 'bistrot' }, 'nature', 'NOT_ALLOWED'],
  ['listening-bodies', { usagers: '-1' }, 'usagers', 'OUT_OF_RANGE'],
  ['listening-bodies', { suivies: '11' }, 'suivies', 'PART_ABOVE_WHOLE'],
  ['training-counts', { periode: '2025-S3' }, 'periode', 'BAD_CODE'],
  ['training-counts', { agents_en_contact: '0' }, 'agents_en_contact', 'OUT_OF_RANGE'],
  ['training-counts', { agents_formes: '41' }, 'agents_formes', 'PART_ABOVE_WHOLE'],
  ['eco-measures', { effet: 'beaucoup' }, 'effet', 'NOT_A_DECIMAL'],
  ['eco-measures', { unite: '' }, 'unite', 'REQUIRED'],
])('%s: %j is rejected', async (name, cells, column, code) => {
  const kind = KINDS.find((each) => each.name === name);
  if (kind === undefined) throw new Error(name);
  const { problems } = await load(kind.feed, [kind.header, changed(kind, cells)]);
  expect(problems).toMatchObject([{ code, severity: 'REJECTED', samples: [{ line: 2, column }] }]);
});

test('a practice that serves an unknown commitment is set aside', async () => {
  const [, practice] = KINDS;
  if (practice === undefined) throw new Error('no practices');
  const { problems } = await load(practice.feed, [practice.header, changed(practice, { engagements: 'E9' })]);
  expect(problems).toMatchObject([{ code: 'UNKNOWN_COMMITMENT', severity: 'QUARANTINED' }]);
});
