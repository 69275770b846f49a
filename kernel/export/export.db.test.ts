import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { exportedFile } from '../../test/kit/exported.ts';
import { readParquet } from '../../test/kit/parquet.ts';
import { neutralised } from '../import/formula.ts';
import { written } from './literal.ts';
import { readRequest } from './request.ts';
import { openSnapshot } from './rows.ts';
import { neutralisedSql } from './statement.ts';
import { exportBytes } from './stream.ts';
import { ROWS, toySet } from './toy/set.ts';

const { url, connect } = await testDatabase();
const db = connect<unknown>('simplification', 'public');
const file = (format: 'csv' | 'ndjson' | 'parquet', parameters = '') =>
  exportedFile(url, { set: toySet(), subgraph: 'simplification' }, format, parameters);

/** « 0.000000000001 » of numbers that come with other digits. */
const plain = (amount: string | null) => amount?.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') ?? null;

test('CSV is exact, whatever a text holds', async () => {
  const text = (await file('csv')).toString('utf8');
  const rows = parse(text, {
    columns: true,
    cast: (cell, { quoting }) => (cell === '' && !quoting ? null : cell),
  });
  expect(rows).toEqual(
    ROWS.map((row) => ({
      id: row.id,
      words: neutralised(row.words),
      list: row.list.length === 0 ? null : neutralised(row.list.join(' | ')),
      amount: row.amount,
      small: row.small === null ? null : String(row.small),
      large: row.large,
      degrees: String(row.degrees),
      yes: row.yes === null ? null : String(row.yes),
      day: row.day,
      at: row.at,
    })),
  );
});

test('NDJSON is exact: one object a line, numbers with all their digits', async () => {
  const lines = (await file('ndjson')).toString('utf8').split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ROWS.map((row) => ({ ...row, amount: Number(row.amount), large: Number(row.large) })),
  );
  for (const [index, line] of lines.entries()) {
    expect(line).toContain(`"amount":${ROWS[index]?.amount},`);
    expect(line).toContain('"large":9007199254740993,');
  }
});

test('Parquet is exact, as another reader sees it', async () => {
  const { rows, types } = await readParquet(await file('parquet'));
  expect(types).toEqual({
    id: 'VARCHAR',
    words: 'VARCHAR',
    list: 'VARCHAR',
    amount: 'DECIMAL(30,12)',
    small: 'INTEGER',
    large: 'BIGINT',
    degrees: 'DOUBLE',
    yes: 'BOOLEAN',
    day: 'DATE',
    at: 'TIMESTAMP',
  });
  expect(rows.map((row) => ({ ...row, amount: plain(row['amount'] ?? null) }))).toEqual(
    ROWS.map((row) => ({
      ...row,
      list: row.list.length === 0 ? null : row.list.join(' | '),
      small: row.small === null ? null : String(row.small),
      degrees: String(row.degrees),
      yes: row.yes === null ? null : String(row.yes),
      at: '2026-03-29 01:59:59.123',
    })),
  );
});

test('many rows come in several groups, none lost between chunks', async () => {
  const many = toySet(sql`cross join generate_series(1, 1000) as n`);
  const { rows } = await readParquet(
    await exportedFile(url, { set: many, subgraph: 'simplification' }, 'parquet'),
  );
  expect(rows.length).toBe(1000 * ROWS.length);
  expect(rows.filter(({ id }) => id === 'ROW-008').every(({ words }) => words === ROWS[8]?.words)).toBe(true);
});

test('long texts make smaller groups, which tell what they hold', async () => {
  const rows = 1200;
  const set = toySet(
    sql`cross join generate_series(1, ${rows}) as n`,
    ROWS.slice(1, 2),
    sql`case when n % 3 = 0 then null else repeat(n || ' é', 3000) end`,
  );
  const read = await readParquet(await exportedFile(url, { set, subgraph: 'simplification' }, 'parquet'));
  expect(read.rows.map(({ words }) => words).sort()).toEqual(
    Array.from({ length: rows }, (_, at) => ((at + 1) % 3 === 0 ? null : `${at + 1} é`.repeat(3000))).sort(),
  );
  const words = read.chunks.filter(({ column }) => column === 'words');
  expect(words.length).toBeGreaterThan(2);
  expect(words.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows);
  expect(words.reduce((sum, chunk) => sum + chunk.nulls, 0)).toBe(rows / 3);
});

test('the bounds of a group are those of its values, of either sign', async () => {
  const { chunks } = await readParquet(await file('parquet'));
  const bounds = Object.fromEntries(chunks.map(({ column, least, greatest }) => [column, [least, greatest]]));
  const { degrees: [low, high] = [], ...others } = bounds;
  expect([Number(low), Number(high)]).toEqual([ROWS[0]?.degrees, ROWS.at(-1)?.degrees]);
  expect(others).toMatchObject({
    id: ['ROW-000', `ROW-0${ROWS.length - 1}`],
    amount: ['-999999999999999999.123456789012', '100.000000000000'],
    small: ['-2147483648', '-2147483648'],
    large: ['9007199254740993', '9007199254740993'],
    yes: ['false', 'true'],
    day: ['1899-12-31', '1899-12-31'],
  });
  expect(chunks.find(({ column }) => column === 'small')?.nulls).toBe(Math.floor(ROWS.length / 2));
});

test('nothing to write is a file all the same', async () => {
  expect((await file('csv', 'network=none')).toString()).toBe(
    'id,words,list,amount,small,large,degrees,yes,day,at\n',
  );
  expect((await file('ndjson', 'network=none')).length).toBe(0);
  expect((await readParquet(await file('parquet', 'network=none'))).rows).toEqual([]);
});

test('a decimal that a column cannot hold stops the file', async () => {
  const odd = toySet(sql``, [{ ...ROWS[0], amount: '0.0000000000001' } as (typeof ROWS)[number]]);
  await expect(exportedFile(url, { set: odd, subgraph: 'simplification' }, 'parquet')).rejects.toThrow(
    'decimals',
  );
});

test('a row is whole, however much larger than what is read at once', async () => {
  const set = toySet(
    sql`cross join generate_series(1, 3) as n`,
    ROWS.slice(1, 2),
    sql`repeat(n || 'é"', 400000)`,
  );
  const words = [1, 2, 3].map((n) => `${n}é"`.repeat(400_000));
  const of = (format: 'csv' | 'ndjson' | 'parquet') =>
    exportedFile(url, { set, subgraph: 'simplification' }, format);
  const csv = parse(await of('csv'), { columns: true }) as { words: string }[];
  const lines = (await of('ndjson')).toString('utf8').trim().split('\n');
  const { rows } = await readParquet(await of('parquet'));
  for (const found of [csv, lines.map((line) => JSON.parse(line)), rows])
    expect(found.map((row: { words?: string | null }) => row.words).sort()).toEqual(words);
});

test('what fails in the middle is told, and who leaves leaves the server alone', async () => {
  const many = sql`cross join generate_series(1, 20000) as n`;
  const failing = toySet(many, ROWS.slice(0, 1), sql`repeat('x', 100) || 1 / (15000 - n)`);
  await expect(exportedFile(url, { set: failing, subgraph: 'simplification' }, 'csv')).rejects.toThrow(
    'division by zero',
  );

  const snapshot = await openSnapshot(url, 'simplification', { ahead: true });
  const set = toySet(many, ROWS, sql`repeat('x', 1000)`);
  const asked = readRequest(set, 'csv', new URLSearchParams(), null);
  let blocks = 0;
  for await (const _block of exportBytes(snapshot, asked, [[], []], '7')) {
    blocks += 1;
    if (blocks === 2) break;
  }
  expect(blocks).toBe(2);
  await expect(snapshot.client.query('select 1')).rejects.toThrow();
});

test('the database neutralises as the hub does', async () => {
  const cells = fc.array(
    fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '1', ',', '.', ' ', '\u00a0', '%', 'a'),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cells, async (texts) => {
      const { rows } = await sql<{ cell: string }>`
        select ${neutralisedSql(sql`t.cell`)} as cell from unnest(${texts}::text[]) with ordinality as t(cell, n)
         order by n`.execute(db);
      expect(rows.map(({ cell }) => cell)).toEqual(texts.map(neutralised));
    }),
    { numRuns: 60 },
  );
});

test('values are written out as literals that mean the same', async () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("'; drop table x; --", '\\', "\\'", '$1', 'e\\x00', "''"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 5 }), value, async (list, one) => {
      fc.pre(![...list, one].some((text) => text.includes('\u0000')));
      const statement = sql`select ${list}::text[] as list, ${one}::text as one, ${-5}::int as number, ${null}::text as nothing`;
      const { rows } = await sql.raw(written(statement)).execute(db);
      expect(rows).toEqual([{ list, one, number: -5, nothing: null }]);
    }),
    { numRuns: 60 },
  );
});
