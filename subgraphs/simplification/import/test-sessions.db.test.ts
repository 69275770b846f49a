import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { testSessions } from './test-sessions.merge.ts';

const database = await testDatabase();
await seedDirectory(database);
const db = database.connect<unknown>('simplification', 'owner');
const report = { kind: 'LETTER', status: 'RECEIVED', problems: [], received_on: '2026-01-05' };
await insertRows(db, 'simplification.report', [
  { ...report, network_id: 'NET-caf', id: 'REP-1' },
  { ...report, network_id: 'NET-caf', id: 'REP-2' },
  { ...report, network_id: 'NET-france-travail', id: 'REP-3' },
]);

const HEADER =
  'identifiant;reseau;code_sp_structure;site;titre;forme;tenue_le;participants;enseignements;signalement;testeurs;' +
  'compris;reussi;publie';
const row = (of: { id?: string; report?: string; title?: string; testers?: string; day?: string } = {}) => {
  const { id = '1', report: tried = 'REP-1', title = 'Essai', testers = '8;6;5', day = '2026-03-02' } = of;
  return `SESSION-${id};NET-caf;;;${title};En ligne;${day};8;Mots simples;${tried};${testers};oui`;
};
const load = (lines: readonly string[], options: Record<string, string> = {}) => {
  const stream = Readable.from([[HEADER, ...lines, ''].join('\n')]);
  return runImport(testSessions, { name: 'essais.csv', stream }, { databaseUrl: database.url, options });
};
const sessions = async () =>
  (
    await sql<{ id: string; results: { report_id: string }[] }>`
      select id, results from simplification.published_session order by id`.execute(db)
  ).rows.map(({ id, results }) => [id, ...results.map(({ report_id }) => report_id)]);

test('the rows of a session make one; again they change nothing; undone, they are gone', async () => {
  const lines = [row(), row({ report: 'REP-2', testers: '4;4;4' }), row({ id: '2' })];
  const first = await load(lines);
  expect(first).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 2, updated: 0 } });
  expect(await sessions()).toEqual([
    ['SESSION-1', 'REP-1', 'REP-2'],
    ['SESSION-2', 'REP-1'],
  ]);
  const second = await load([...lines, row({ id: '3' })]);
  expect(second).toMatchObject({ merge: { inserted: 1, updated: 0, unchanged: 2 } });
  await rollbackImport(
    new Map([[testSessions.name, testSessions]]),
    'simplification',
    second.importId ?? '',
    {
      databaseUrl: database.url,
    },
  );
  expect((await sessions()).map(([id]) => id)).toEqual(['SESSION-1', 'SESSION-2']);
});

test.each([
  ['a report of another network', [row({ id: '9', report: 'REP-3' })], ['UNKNOWN_REPORT']],
  ['more than came', [row({ id: '9', testers: '9;6;5' })], ['CONTRADICTORY_PARTS']],
  ['more than tried', [row({ id: '9', testers: '4;5;5' })], ['CONTRADICTORY_PARTS']],
  ['a day to come', [row({ id: '9', day: '2099-01-01' })], ['FUTURE_DATE']],
  [
    'a session in two minds',
    [row({ id: '9' }), row({ id: '9', report: 'REP-2', title: 'Autre' })],
    ['CONTRADICTORY_ROW'],
  ],
  [
    'a session with one bad row',
    [row({ id: '9' }), row({ id: '9', report: 'REP-none' })],
    ['UNKNOWN_REPORT', 'INCOMPLETE_FACT'],
  ],
])('set aside: %s', async (_what, lines, codes) => {
  const { problems } = await load([...lines, row({ id: '8' })]);
  expect([...new Set(problems.map(({ code }) => code))].sort()).toEqual(codes.toSorted());
  const kept = (await sessions()).map(([id]) => id);
  expect(kept).toContain('SESSION-8');
  expect(kept).not.toContain('SESSION-9');
});

test('what was written in the hub is kept, unless the operator says otherwise', async () => {
  await load([row({ id: '5' })]);
  await sql`
    update simplification.test_session set title = 'Du réseau', import_id = null where id = 'SESSION-5'`.execute(
    db,
  );
  const kept = await load([row({ id: '5', title: 'Du fichier' })]);
  expect(kept.problems).toMatchObject([{ code: 'WRITTEN_IN_THE_HUB' }]);
  const replaced = await load([row({ id: '5', title: 'Du fichier' })], { written: 'replace' });
  expect(replaced).toMatchObject({ merge: { updated: 1 } });
});
