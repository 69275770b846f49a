import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { changed, FEEDS } from '../fixtures/feeds.ts';
import { improvementFeeds } from './feeds.ts';
import { selfDiagnoses } from './self-diagnoses.merge.ts';

const database = await testDatabase();
await seedDirectory(database);
await insertRows(
  database.connect('administrations', 'owner'),
  'administrations.commitment',
  ['E1', 'E4', 'E5'].map((code, position) => ({
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
  rollbackImport(new Map(improvementFeeds.map((feed) => [feed.name, feed])), 'improvement', importId ?? '', {
    databaseUrl: database.url,
  });

describe.each(FEEDS)('$feed.name', ({ feed, table, header, line, seen, change }) => {
  // Versions only grow: undoing a change is one more.
  const all = sql`select (to_jsonb(f) - 'version') as fact from ${sql.table(`improvement.${table}`)} f`;
  const published = sql`select * from ${sql.table(`improvement.published_${table}`)}`;

  test('published where the file says so; a change can be undone, and so can the first import', async () => {
    const first = await load(feed, [header, line]);
    expect(first).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 1, updated: 0 } });
    expect(await rows(published)).toMatchObject([
      {
        ...seen,
        network_id: 'NET-caf',
        structure_id: 'STR-caf-62',
        site_id: 'SITE-caf-62',
        departement_id: 'DEP-62',
      },
    ]);
    const before = await rows(all);
    const second = await load(feed, [header, changed(header, line, change)]);
    expect(second.merge).toEqual({ inserted: 0, updated: 1, unchanged: 0, closed: 0 });
    await undo(second.importId);
    expect(await rows(all)).toEqual(before);
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
    const draft = await load(feed, [header, changed(header, line, { publie: '' })]);
    expect(await rows(published)).toEqual([]);
    await undo(draft.importId);
    const open = await load(feed, [header, changed(header, line, { publie: '' })], { published: 'oui' });
    expect(await rows(published)).toHaveLength(1);
    await undo(open.importId);
  });

  test.each([
    ['an id of something else', { identifiant: 'REP-1' }, 'identifiant', 'BAD_CODE', 'REJECTED'],
    ['no network', { reseau: '' }, 'reseau', 'REQUIRED', 'REJECTED'],
    ['a territory beside a site', { territoire: 'DEP-62' }, 'territoire', 'BAD_SUBJECT', 'REJECTED'],
    ['an unknown network', { reseau: 'guichet' }, 'reseau', 'UNKNOWN_NETWORK', 'QUARANTINED'],
    [
      'an unknown structure',
      { code_sp_structure: '4299' },
      'code_sp_structure',
      'UNKNOWN_STRUCTURE',
      'QUARANTINED',
    ],
    [
      'a structure of another network',
      { code_sp_structure: 'ft-bapaume' },
      'code_sp_structure',
      'OTHER_NETWORK',
      'QUARANTINED',
    ],
    ['an unknown site', { site: 'caf-00-01' }, 'site', 'UNKNOWN_SITE', 'QUARANTINED'],
    ['a site of another network', { site: 'SITE-ft-62' }, 'site', 'OTHER_NETWORK', 'QUARANTINED'],
    [
      'an unknown territory',
      { code_sp_structure: '', site: '', territoire: 'DEP-99' },
      'territoire',
      'UNKNOWN_TERRITORY',
      'QUARANTINED',
    ],
  ])('%s is told with its line and column', async (_case, cells, column, code, severity) => {
    const { state, problems } = await load(feed, [header, changed(header, line, cells)]);
    expect(state).toBe(severity === 'REJECTED' ? 'REFUSED' : 'PUBLISHED');
    expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
  });

  test('the id of another network is not taken over', async () => {
    const theirs = {
      reseau: 'NET-france-travail',
      code_sp_structure: '',
      site: '',
      plan: '',
      auto_diagnostic: '',
    };
    const cells = Object.fromEntries(
      Object.entries(theirs).filter(([name]) => header.split(';').includes(name)),
    );
    const { problems } = await load(feed, [header, changed(header, line, cells)]);
    expect(problems).toMatchObject([{ code: 'OTHER_NETWORK', samples: [{ column: 'identifiant' }] }]);
  });

  test('two rows of one id that differ are both rejected', async () => {
    const { state, problems } = await load(feed, [header, line, changed(header, line, change)]);
    expect(state).toBe('REFUSED');
    expect(problems).toMatchObject([{ code: 'CONTRADICTORY_ROW', count: 2 }]);
  });
});

const [DIAGNOSIS, PLAN, LABEL, IMPACT, GAP] = FEEDS;

test.each([
  [DIAGNOSIS, 'a note beyond 100', { note: '101' }, 'note', 'OUT_OF_RANGE', 'REJECTED'],
  [DIAGNOSIS, 'a note in words', { note: 'bien' }, 'note', 'NOT_A_DECIMAL', 'REJECTED'],
  [DIAGNOSIS, 'a day to come', { fait_le: '2199-01-01' }, 'fait_le', 'FUTURE_DATE', 'REJECTED'],
  [DIAGNOSIS, 'no commitment', { engagement: '' }, 'engagement', 'REQUIRED', 'REJECTED'],
  [DIAGNOSIS, 'a word for a commitment', { engagement: 'accueil' }, 'engagement', 'BAD_CODE', 'REJECTED'],
  [
    DIAGNOSIS,
    'an unknown commitment',
    { engagement: 'E9' },
    'engagement',
    'UNKNOWN_COMMITMENT',
    'QUARANTINED',
  ],
  [
    PLAN,
    'one unknown commitment',
    { engagements: 'E4, E9' },
    'engagements',
    'UNKNOWN_COMMITMENT',
    'QUARANTINED',
  ],
  [PLAN, 'words for commitments', { engagements: 'E4, accueil' }, 'engagements', 'BAD_CODE', 'REJECTED'],
  [PLAN, 'no day of its end', { fait_le: '' }, 'fait_le', 'REQUIRED', 'REJECTED'],
  [PLAN, 'an end before its end', { etat: 'en cours' }, 'fait_le', 'CONTRADICTORY_STATE', 'REJECTED'],
  [
    PLAN,
    'a due day before its beginning',
    { echeance: '2023-12-31' },
    'echeance',
    'OUT_OF_RANGE',
    'REJECTED',
  ],
  [PLAN, 'an end to come', { fait_le: '2199-01-01' }, 'fait_le', 'FUTURE_DATE', 'REJECTED'],
  [PLAN, 'an unknown state', { etat: 'rêvé' }, 'etat', 'NOT_ALLOWED', 'REJECTED'],
  [
    PLAN,
    'a plan above that nobody knows',
    { plan_superieur: 'PLAN-404' },
    'plan_superieur',
    'UNKNOWN_PLAN',
    'QUARANTINED',
  ],
  [PLAN, 'itself above', { plan_superieur: 'PLAN-1' }, 'plan_superieur', 'BAD_SUBJECT', 'REJECTED'],
  [PLAN, 'ids of something else', { signalements: 'TEM-1, REP-1' }, 'signalements', 'BAD_CODE', 'REJECTED'],
  [LABEL, 'an unknown level', { niveau: 'platine' }, 'niveau', 'NOT_ALLOWED', 'REJECTED'],
  [LABEL, 'an end on its first day', { fin: '2024-03-01' }, 'fin', 'OUT_OF_RANGE', 'REJECTED'],
  [
    LABEL,
    'a withdrawal before it was given',
    { retire_le: '2024-02-01' },
    'retire_le',
    'OUT_OF_RANGE',
    'REJECTED',
  ],
  [IMPACT, 'no day of publication', { publie_le: '' }, 'publie_le', 'REQUIRED', 'REJECTED'],
  [
    GAP,
    'nothing that it is a gap to',
    { engagement: '', indicateur: '' },
    'engagement',
    'REQUIRED',
    'REJECTED',
  ],
  [GAP, 'a value in words', { resultat: 'n.d.' }, 'resultat', 'NOT_A_DECIMAL', 'REJECTED'],
  [GAP, 'values from nowhere', { source: '' }, 'source', 'REQUIRED', 'REJECTED'],
  [GAP, 'a period that is none', { periode: '2024-S3' }, 'periode', 'BAD_CODE', 'REJECTED'],
  [GAP, 'an unknown severity', { gravite: 'grave' }, 'gravite', 'NOT_ALLOWED', 'REJECTED'],
  [GAP, 'a day to come', { constate_le: '2199-01-01' }, 'constate_le', 'FUTURE_DATE', 'REJECTED'],
  [
    GAP,
    'an unknown self-diagnosis',
    { auto_diagnostic: 'DIAG-404' },
    'auto_diagnostic',
    'UNKNOWN_DIAGNOSIS',
    'QUARANTINED',
  ],
  [GAP, 'an unknown plan', { plan: 'PLAN-404' }, 'plan', 'UNKNOWN_PLAN', 'QUARANTINED'],
  [IMPACT, 'an unknown plan', { plan: 'PLAN-404' }, 'plan', 'UNKNOWN_PLAN', 'QUARANTINED'],
])('$feed.name: %s is told', async (spec, _case, cells, column, code, severity) => {
  if (spec === undefined) throw new Error('no such feed');
  const { feed, header, line } = spec;
  const { problems } = await load(feed, [header, changed(header, line, cells)]);
  expect(problems).toMatchObject([{ code, severity, samples: [{ line: 2, column }] }]);
});

describe('a self-diagnosis of several rows', () => {
  const { feed, header, line, table } = FEEDS[0] ?? { feed: selfDiagnoses, header: '', line: '', table: '' };
  const row = (cells: Record<string, string>) => changed(header, line, { identifiant: 'DIAG-2', ...cells });
  const kept = sql`select findings from ${sql.table(`improvement.${table}`)} where id = 'DIAG-2'`;

  test('is kept as one, its findings in the order of the commitments', async () => {
    const report = await load(feed, [header, row({ engagement: 'E5' }), row({ engagement: 'E1', note: '' })]);
    expect(report.merge).toEqual({ inserted: 1, updated: 0, unchanged: 0, closed: 0 });
    expect(await rows(kept)).toMatchObject([
      {
        findings: [
          { commitmentId: 'COMMITMENT-E1', score: null },
          { commitmentId: 'COMMITMENT-E5', score: 78.5 },
        ],
      },
    ]);
    await undo(report.importId);
  });

  test('is set aside as a whole when one of its rows is', async () => {
    const report = await load(feed, [header, row({ engagement: 'E5' }), row({ engagement: 'E9' })]);
    expect(report.problems.map(({ code }) => code).sort()).toEqual([
      'INCOMPLETE_DIAGNOSIS',
      'UNKNOWN_COMMITMENT',
    ]);
    expect(await rows(kept)).toEqual([]);
  });

  test('has one day and one place', async () => {
    const report = await load(feed, [header, row({ engagement: 'E5' }), row({ fait_le: '2024-06-02' })]);
    expect(report.problems).toMatchObject([{ code: 'CONTRADICTORY_ROW', severity: 'REJECTED', count: 2 }]);
  });
});
