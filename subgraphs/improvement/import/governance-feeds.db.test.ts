import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { changed, filesOf, seedCommitments } from '../governance/fixtures/files.ts';
import { conferences } from './conferences.merge.ts';
import { decisions } from './decisions.merge.ts';
import { ideas } from './ideas.merge.ts';
import { labelAudits, labelSurveys } from './label-evidence.merge.ts';
import { majorActions } from './major-actions.merge.ts';

const database = await testDatabase();
await seedDirectory(database);
await seedCommitments(database);
const owner = database.connect<unknown>('improvement', 'owner');
const LABEL = { level: 'GOLD', granted_on: '2024-01-01', expires_on: '2026-12-31', published: true };
await insertRows(owner, 'improvement.label', [
  { network_id: 'NET-caf', id: 'LABEL-1', structure_id: 'STR-caf-62', site_id: 'SITE-caf-62', ...LABEL },
]);
await insertRows(owner, 'improvement.action_plan', [
  { network_id: 'NET-caf', id: 'PLAN-1', title: 'Un plan', status: 'DONE', done_on: '2024-01-01' },
]);
await insertRows(owner, 'improvement.major_action', [{ id: 'MAJOR-0', title: 'Une', state: 'PLANNED' }]);
const { load, undo, row, rows } = filesOf(database);

const SUBJECT = 'identifiant;reseau;code_sp_structure;site;territoire;publie';
const HERE = 'NET-caf;caf-62;SITE-caf-62;;oui';

const FEEDS = {
  audits: {
    feed: labelAudits,
    table: 'label_audit',
    header: 'identifiant;label;organisme;audite_le;note;conforme;synthese',
    line: 'AUDIT-1;LABEL-1;Bureau Exemple;15/03/2024;87,5;oui;Un accueil attentif.',
    id: 'AUDIT-1',
    kept: {
      label_id: 'LABEL-1',
      network_id: 'NET-caf',
      structure_id: 'STR-caf-62',
      score: '87.5',
      conform: true,
    },
    change: { note: '90' },
  },
  surveys: {
    feed: labelSurveys,
    table: 'label_survey',
    header: 'identifiant;label;public;enquete_le;repondants;satisfaits',
    line: 'SURVEY-1;LABEL-1;usagers;2024-02-01;300;200',
    id: 'SURVEY-1',
    kept: { kind: 'USERS', respondents: 300, satisfied: 200, site_id: 'SITE-caf-62' },
    change: { satisfaits: '201' },
  },
  conferences: {
    feed: conferences,
    table: 'conference',
    header: `${SUBJECT};titre;etat;prevue_le;tenue_le;usagers;agents;partenaires;elus;bilan_partage;synthese;motif;priorite;engagement;plan`,
    line: `CONF-1;${HERE};Conférence 2024;tenue;;2024-06-01;12;5;;1;oui;Deux heures.;;Décrocher;E4;PLAN-1`,
    id: 'CONF-1',
    kept: {
      state: 'PUBLISHED',
      published: true,
      users: 12,
      agents: 5,
      local_partners: 0,
      review_shared: true,
      priorities: [{ words: 'Décrocher', commitmentId: 'COMMITMENT-E4', planId: 'PLAN-1' }],
    },
    change: { titre: 'Conférence annuelle 2024' },
  },
  ideas: {
    feed: ideas,
    table: 'idea',
    header: `${SUBJECT};titre;description;etat;engagements;proposee_le;faite_le;motif;plan`,
    line: `IDEA-1;${HERE};Un banc;Devant la porte.;Faite;E1, e4;2024-01-02;2024-03-01;;PLAN-1`,
    id: 'IDEA-1',
    kept: { state: 'DONE', published: true, commitment_ids: ['COMMITMENT-E1', 'COMMITMENT-E4'] },
    change: { titre: 'Deux bancs' },
  },
  majors: {
    feed: majorActions,
    table: 'major_action',
    header:
      'identifiant;reseau;titre;description;etat;engagements;commencee_le;terminee_le;motif;jalon;echeance;atteint_le',
    line: 'MAJOR-1;;Dites-le-nous une fois;;en cours;E7;2024-01-01;;;Premier réseau;2024-06-30;2024-07-02',
    id: 'MAJOR-1',
    kept: {
      network_id: null,
      state: 'UNDER_WAY',
      milestones: [{ title: 'Premier réseau', dueOn: '2024-06-30', doneOn: '2024-07-02' }],
    },
    change: { titre: 'Dites-le-nous une seule fois' },
  },
  decisions: {
    feed: decisions,
    table: 'decision',
    header:
      'seance;instance;semestre;tenue_le;synthese;identifiant;decision;engagements;echeance;etat;executee_le;motif;action_majeure',
    line: 'MEETING-1;Comité de pilotage;;2024-02-01;;DECISION-1;Publier les délais;E4;2024-12-31;exécutée;2024-11-01;;MAJOR-0',
    id: 'DECISION-1',
    kept: {
      session_id: 'MEETING-1',
      state: 'CARRIED_OUT',
      ended_on: '2024-11-01',
      major_action_id: 'MAJOR-0',
    },
    change: { decision: 'Publier tous les délais' },
  },
};

describe.each(Object.entries(FEEDS))('%s', (_name, { feed, table, header, line, id, kept, change }) => {
  test('a row becomes a fact; a change can be undone, and so can the first import', async () => {
    const first = await load(feed, [header, line]);
    expect(first).toMatchObject({ state: 'PUBLISHED', problems: [] });
    const before = await row(table, id);
    expect(before).toMatchObject(kept);
    const second = await load(feed, [header, changed(header, line, change)]);
    expect(second.merge).toMatchObject({ inserted: 0, updated: 1 });
    expect(await row(table, id)).not.toEqual(before);
    await undo(second.importId);
    expect(await row(table, id)).toEqual(before);
    await undo(first.importId);
    expect(await row(table, id)).toBeUndefined();
    await load(feed, [header, line]);
  });

  test('the same file again is told; the same rows again change nothing', async () => {
    expect(await load(feed, [header, line])).toMatchObject({ state: 'ALREADY_IMPORTED' });
    const again = await load(feed, [`${header};autre`, `${line};`]);
    expect(again.merge).toMatchObject({ inserted: 0, updated: 0 });
    await undo(again.importId);
  });

  test('what was written in the hub since is left alone, unless told otherwise; it is not undone', async () => {
    const imported = await rows<{ import_id: string }>(
      sql`select import_id from ${sql.table(`improvement.${table}`)} where id = ${id}`,
    );
    const importId = imported[0]?.import_id ?? '';
    const setImport = (to: string | null) =>
      rows(sql`update ${sql.table(`improvement.${table}`)} set import_id = ${to}::uuid where id = ${id}`);
    await setImport(null);
    const other = [header, changed(header, line, change)];
    const left = await load(feed, other);
    expect(left.problems).toMatchObject([{ code: 'WRITTEN_IN_THE_HUB', severity: 'QUARANTINED' }]);
    expect(await row(table, id)).toMatchObject(kept);
    await expect(undo(importId)).rejects.toThrow(`${id} was written in the hub since this import`);
    const replaced = await load(feed, other, { written: 'replace' });
    expect(replaced.merge).toMatchObject({ inserted: 0, updated: 1 });
    await undo(replaced.importId);
    expect(await row(table, id)).toMatchObject(kept);
    await setImport(importId);
  });

  test('two rows of one id that differ are not kept', async () => {
    const { state, problems } = await load(feed, [header, line, changed(header, line, change)]);
    expect(state).toBe('REFUSED');
    expect(problems.map(({ code }) => code)).toContain('CONTRADICTORY_ROW');
  });
});

const BAD = {
  audits: [
    ['a note beyond 100', { note: '100,1' }, 'note', 'OUT_OF_RANGE'],
    ['a day to come', { audite_le: '2199-01-01' }, 'audite_le', 'FUTURE_DATE'],
    ['perhaps conform', { conforme: 'presque' }, 'conforme', 'NOT_ALLOWED'],
    ['an unknown label', { identifiant: 'AUDIT-9', label: 'LABEL-404' }, 'label', 'UNKNOWN_LABEL'],
  ],
  surveys: [
    ['more satisfied than asked', { satisfaits: '301' }, 'satisfaits', 'OUT_OF_RANGE'],
    ['nobody asked', { repondants: '0', satisfaits: '0' }, 'repondants', 'OUT_OF_RANGE'],
    ['half a person', { satisfaits: '1,5' }, 'satisfaits', 'NOT_AN_INTEGER'],
    ['another public', { public: 'élus' }, 'public', 'NOT_ALLOWED'],
  ],
  conferences: [
    ['a single college', { agents: '', elus: '0' }, 'usagers', 'TOO_FEW_COLLEGES'],
    ['no day', { tenue_le: '' }, 'tenue_le', 'REQUIRED'],
    ['a day to come', { tenue_le: '2199-01-01' }, 'tenue_le', 'FUTURE_DATE'],
    ['a day of one that was not held', { etat: 'prévue' }, 'tenue_le', 'CONTRADICTORY_STATE'],
    ['a commitment of no priority', { priorite: '' }, 'priorite', 'REQUIRED'],
    ['an unknown plan', { plan: 'PLAN-404' }, 'plan', 'UNKNOWN_PLAN'],
    ['an unknown commitment', { engagement: 'E9' }, 'engagement', 'UNKNOWN_COMMITMENT'],
    ['a territory beside a site', { territoire: 'DEP-62' }, 'territoire', 'BAD_SUBJECT'],
  ],
  ideas: [
    ['public although nobody decided', { etat: 'proposée', faite_le: '' }, 'publie', 'CONTRADICTORY_STATE'],
    ['set aside without a reason', { etat: 'écartée', faite_le: '', publie: '' }, 'motif', 'REQUIRED'],
    ['done without a day', { faite_le: '' }, 'faite_le', 'REQUIRED'],
    ['done before it was proposed', { faite_le: '2024-01-01' }, 'faite_le', 'OUT_OF_RANGE'],
    ['an unknown structure', { code_sp_structure: '404' }, 'code_sp_structure', 'UNKNOWN_STRUCTURE'],
  ],
  majors: [
    ['an end of what goes on', { terminee_le: '2024-08-01' }, 'terminee_le', 'CONTRADICTORY_STATE'],
    ['done without an end', { etat: 'terminée' }, 'terminee_le', 'REQUIRED'],
    [
      'done with a milestone left',
      { etat: 'terminée', terminee_le: '2024-08-01', atteint_le: '' },
      'atteint_le',
      'CONTRADICTORY_STATE',
    ],
    ['stopped without a reason', { etat: 'arrêtée', terminee_le: '2024-08-01' }, 'motif', 'REQUIRED'],
    ['a day of no milestone', { jalon: '' }, 'jalon', 'REQUIRED'],
    ['an unknown network', { reseau: 'guichet' }, 'reseau', 'UNKNOWN_NETWORK'],
  ],
  decisions: [
    ['a quarter for a half-year', { semestre: '2024-T1' }, 'semestre', 'BAD_CODE'],
    ['another body', { instance: 'conseil des ministres' }, 'instance', 'NOT_ALLOWED'],
    ['a day to come', { tenue_le: '2199-01-01', executee_le: '', etat: '' }, 'tenue_le', 'FUTURE_DATE'],
    ['carried out before it was taken', { executee_le: '2024-01-01' }, 'executee_le', 'OUT_OF_RANGE'],
    ['abandoned without a reason', { etat: 'abandonnée' }, 'motif', 'REQUIRED'],
    ['an unknown major action', { action_majeure: 'MAJOR-404' }, 'action_majeure', 'UNKNOWN_MAJOR_ACTION'],
    ['words without an id', { identifiant: '', etat: '', executee_le: '' }, 'identifiant', 'REQUIRED'],
  ],
} as const;

const cases = Object.entries(BAD).flatMap(([name, list]) =>
  list.map(([what, cells, column, code]) => [name as keyof typeof FEEDS, what, cells, column, code] as const),
);

test.each(cases)('%s: %s is told', async (name, _what, cells, column, code) => {
  const { feed, header, line } = FEEDS[name];
  const { problems } = await load(feed, [header, changed(header, line, cells)]);
  expect(problems).toMatchObject([{ code, samples: [{ line: 2, column }] }]);
});

test('a conference, an action and a session of several rows keep their order, and are kept whole or not at all', async () => {
  const conference = FEEDS.conferences;
  const line = (id: string, cells: Record<string, string>) =>
    changed(conference.header, conference.line, { identifiant: id, ...cells });
  await load(conferences, [
    conference.header,
    line('CONF-2', { priorite: 'Zèle', plan: '' }),
    line('CONF-2', { priorite: 'Accueil', engagement: '', plan: '' }),
    line('CONF-3', { priorite: 'Bon' }),
    line('CONF-3', { priorite: 'Mauvais', plan: 'PLAN-404' }),
  ]);
  expect((await row('conference', 'CONF-2'))?.['priorities']).toEqual([
    { words: 'Zèle', commitmentId: 'COMMITMENT-E4', planId: null },
    { words: 'Accueil', commitmentId: null, planId: null },
  ]);
  expect(await row('conference', 'CONF-3')).toBeUndefined();

  const { header, line: whole } = FEEDS.decisions;
  const bare = { identifiant: '', decision: '', etat: '', executee_le: '', engagements: '', echeance: '' };
  await load(decisions, [
    header,
    changed(header, whole, { seance: 'MEETING-2', identifiant: 'DECISION-2' }),
    changed(header, whole, { seance: 'MEETING-2', identifiant: 'DECISION-3', etat: '', executee_le: '' }),
    changed(header, whole, { seance: 'MEETING-3', tenue_le: '2024-09-09', ...bare, action_majeure: '' }),
  ]);
  expect(
    await rows(
      sql`select id, session_id, state from improvement.decision where session_id = 'MEETING-2' order by id`,
    ),
  ).toEqual([
    { id: 'DECISION-2', session_id: 'MEETING-2', state: 'CARRIED_OUT' },
    { id: 'DECISION-3', session_id: 'MEETING-2', state: 'TAKEN' },
  ]);
  expect(await row('governance_session', 'MEETING-3')).toMatchObject({ period: '2024-S2' });
});

test.each([
  ['2024-02-29', '2027-02-28'],
  ['2024-02-28', '2027-02-27'],
  ['2024-03-01', '2027-02-28'],
  ['2025-03-01', '2028-02-29'],
  ['2025-02-28', '2028-02-27'],
  ['2025-01-01', '2027-12-31'],
  ['2025-12-31', '2028-12-30'],
])('a label given on %s holds until %s: three whole years', async (granted, last) => {
  expect(await rows(sql`select improvement.label_ends(${granted}::date) as last`)).toEqual([{ last }]);
});
