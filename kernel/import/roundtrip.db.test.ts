import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { hasReadableKeys } from '../../test/kit/json-keys.ts';
import { reportRows } from './checks.ts';
import { text } from './columns.ts';
import { defineFeed, type Feed } from './feed.ts';
import { objects } from './objects.ts';
import { runImport } from './run.ts';
import { sheet } from './sheet.ts';
import { toyDatabase } from './toy/database.ts';

const { url } = await toyDatabase();

/** Reads the staging back instead of merging it. */
function spy(input: Feed['input']): { feed: Feed; rows: unknown[] } {
  const rows: unknown[] = [];
  const feed = defineFeed({
    name: 'spy',
    subgraph: 'toy',
    description: 'What reaches the staging',
    input,
    scope: () => 'all',
    async merge(trx) {
      rows.push(
        ...(await sql`select to_jsonb(r) - 'line' as row from import_row r order by record`.execute(trx))
          .rows,
      );
      return { inserted: 0, updated: 0, unchanged: 0, closed: 0 };
    },
  });
  return { feed, rows };
}
const run = (feed: Feed, content: string | Buffer) =>
  runImport(
    feed,
    { name: 'any', stream: Readable.from([content]) },
    { databaseUrl: url, dryRun: true, acceptRejects: true },
  );

/** Any text that a file of ours may hold: no NUL, no half characters; ends are trimmed by the sheet. */
const cell = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => !value.includes('\0'));
const hostile = fc.constantFrom(
  '\\N',
  '\\.',
  '\\',
  'a\tb',
  'a\nb',
  'a\r\nb',
  '";"',
  "'; drop table x",
  '\u2028',
  '=1+1',
  '{}',
  '\ufeffx',
);
const cells = fc.array(fc.tuple(fc.oneof(cell, hostile), fc.oneof(cell, hostile)), {
  minLength: 1,
  maxLength: 20,
});
const stored = (value: string) => (value.trim() === '' ? null : value.trim());

test('any cells, written as CSV, reach the staging as they are', async () => {
  const input = sheet({ columns: { a: text({ header: 'a' }), b: text({ header: 'b' }) } });
  await fc.assert(
    fc.asyncProperty(
      cells,
      fc.constantFrom(';', ',', '\t'),
      fc.constantFrom('\n', '\r\n'),
      async (rows, delimiter, end) => {
        const { feed, rows: staged } = spy(input);
        const content = stringify([['a', 'b'], ...rows], { delimiter, record_delimiter: end, quoted: true });
        expect(await run(feed, content)).toMatchObject({ refusal: null });
        const expected = rows
          .map(([a, b]) => ({ a: stored(a), b: stored(b) }))
          .filter(({ a, b }) => a !== null || b !== null);
        expect(staged).toEqual(expected.map((row, index) => ({ row: { ...row, record: index + 1 } })));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('any objects, mapped to rows, reach typed and jsonb columns as they are', async () => {
  const json = fc
    .jsonValue()
    .filter((value) => !JSON.stringify(value).includes('\\u0000') && hasReadableKeys(value));
  const input = objects({
    staging: { id: 'text', position: 'integer', details: 'jsonb' },
    jsonKey: 'list',
    map: (element) => ({
      rows: [1, 2].map((position) => ({
        id: String(element['id']),
        position,
        details: { it: element['details'] },
      })),
    }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: cell, details: json }), { minLength: 1, maxLength: 8 }),
      async (list) => {
        const { feed, rows: staged } = spy(input);
        expect(await run(feed, JSON.stringify({ list }))).toMatchObject({
          refusal: null,
          counts: { read: list.length, accepted: list.length },
        });
        const plain: unknown = JSON.parse(
          JSON.stringify(
            list.flatMap(({ id, details }, index) =>
              [1, 2].map((position) => ({
                row: { id, position, details: { it: details }, record: index + 1 },
              })),
            ),
          ),
        );
        expect(staged).toEqual(plain);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('an element whose text PostgreSQL cannot store is rejected, nested or not', async () => {
  const input = objects({
    staging: { id: 'text', details: 'jsonb' },
    map: ({ id, details }) => ({ rows: [{ id: String(id), details: [details] }] }),
  });
  const { feed, rows } = spy(input);
  const content =
    '[{"id":"a\\u0000"},{"id":"b","details":{"x":"\\ud800"}},{"id":"c","details":["\\u0000"]},{"id":"d","details":["\\\\u0000"]}]';
  const report = await run(feed, content);
  expect(report.problems).toMatchObject([
    {
      code: 'BAD_TEXT',
      count: 3,
      samples: [{ line: 1, column: 'id' }, { column: 'details' }, { column: 'details' }],
    },
  ]);
  expect(rows).toEqual([{ row: { id: 'd', details: [['\\u0000']], record: 4 } }]);
});

test('a map may reject, quarantine or warn; only the first two keep the rows out', async () => {
  const input = objects({
    staging: { id: 'text' },
    map: ({ id }) => ({
      rows: [{ id: String(id) }],
      problems:
        id === 'NONE'
          ? []
          : [
              {
                column: 'id',
                code: 'TEST',
                severity: id as 'NOTICE',
                message: 'expected',
                sample: String(id),
              },
            ],
    }),
  });
  const { feed, rows } = spy(input);
  const report = await run(feed, '[{"id":"NONE"},{"id":"NOTICE"},{"id":"QUARANTINED"},{"id":"REJECTED"}]');
  expect(report.counts).toEqual({ read: 4, accepted: 2, rejected: 1, quarantined: 1, notices: 1 });
  expect(rows).toHaveLength(2);
});

test('a value that its staging column cannot hold fails the import with the words of the server', async () => {
  const input = objects({ staging: { n: 'integer' }, map: ({ n }) => ({ rows: [{ n: String(n) }] }) });
  const list = Array.from({ length: 20_000 }, (_, n) => ({ n: n === 3 ? 'three' : n }));
  await expect(run(spy(input).feed, JSON.stringify(list))).rejects.toThrow(
    /invalid input syntax for type integer: "three"/,
  );
});

test('a merge may reject rows too, and is then undone', async () => {
  const input = sheet({ columns: { a: text({ header: 'a' }) } });
  const { feed } = spy(input);
  const rejecting: Feed = {
    ...feed,
    merge: async (trx) => {
      await reportRows(trx, {
        code: 'LATE',
        severity: 'REJECTED',
        column: 'a',
        message: 'expected x',
        sample: sql`s.a`,
        where: sql`s.a <> 'x'`,
      });
      return { inserted: 1, updated: 0, unchanged: 0, closed: 0 };
    },
  };
  const source = () => ({ name: 'late.csv', stream: Readable.from(['a\nx\n"y\n\u202ez"\n']) });
  const report = await runImport(rejecting, source(), { databaseUrl: url });
  expect(report).toMatchObject({ state: 'REFUSED', merge: null, counts: { rejected: 1 } });
  expect(report.problems[0]?.samples[0]?.sample).toBe('y z');
  expect(await runImport(rejecting, source(), { databaseUrl: url, acceptRejects: true })).toMatchObject({
    state: 'PUBLISHED',
  });
});
