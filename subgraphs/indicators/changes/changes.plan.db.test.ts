import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type ChangesAsked, changePage, changeQuery, type Position, type Slice } from './changes.query.ts';

const database = await testDatabase();
const owner = database.connect<IndicatorsTables>('indicators', 'owner');
const db = database.connect<IndicatorsTables>('indicators', 'public', { max: 1 });

const RESULTS = 200_000;
const PUBLICATIONS = 20;
beforeAll(async () => {
  const ids = Array.from({ length: PUBLICATIONS }, () => randomUUID());
  await sql`
    insert into indicators.import (id, feed, scope, file_name, sha256, bytes, state, publication, finished_at)
    select id::uuid, 'test', 'all', 'file', 'sha', 1, 'PUBLISHED', n, timestamptz '2024-01-01' + n * interval '1 day'
      from unnest(${ids}::text[]) with ordinality as i (id, n)`.execute(owner);
  // Every tenth result is withdrawn; networks of very different sizes.
  await sql`
    insert into indicators.result (network_id, indicator_id, definition_version, subject_kind, subject_id, period_grain,
      period_start, period_end, value, import_id, publication_from, publication_to, changed_in)
    select 'NET-' || floor(sqrt(n % 400)), 'IND-' || n % 12, 1, 'SITE', 'SITE-' || n, 'YEAR', '2023-01-01', '2023-12-31',
           n % 100, (${ids}::uuid[])[n / 7 % ${PUBLICATIONS} + 1], n / 7 % ${PUBLICATIONS} + 1,
           case when n % 10 = 0 then n / 7 % ${PUBLICATIONS} + 1 end, n / 7 % ${PUBLICATIONS} + 1
      from generate_series(1, ${RESULTS}) n`.execute(owner);
  await sql`analyze indicators.result`.execute(owner);
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** What a page read of the table of results. */
async function scans(asked: ChangesAsked, slice: Slice, mode: string) {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('plan_cache_mode', ${mode}, true)`.execute(trx);
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`
      explain (analyze, buffers, format json) ${changeQuery(asked, slice)}`.execute(trx);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('no plan');
    return nodes(plan)
      .filter((node) => node['Relation Name'] === 'result')
      .map((node) => ({
        type: node['Node Type'],
        index: node['Index Name'],
        rows: node['Actual Rows'],
        blocks: node['Shared Hit Blocks'] + node['Shared Read Blocks'],
      }));
  });
}

const MIDDLE: Position = ['10', 'NET-9', 'IND-5', '1', 'SITE-100005', 'YEAR', '2023-01-01'];
const PAGE = 101;

test.each(['force_custom_plan', 'force_generic_plan'])('a page reads what it returns, %s', async (mode) => {
  for (const network of [null, 'NET-1', 'NET-19']) {
    for (const after of [null, MIDDLE]) {
      const [scan, ...others] = await scans({ from: '2', network }, { after, limit: PAGE }, mode);
      expect(others).toEqual([]);
      expect(scan).toMatchObject({ type: 'Index Scan', rows: PAGE });
      // For one network the server may jump over the others in the index of all.
      expect(scan?.index).toMatch(network === null ? /^result_change$/ : /^result_change(_of_network)?$/);
      // A block of the table for each row at worst, and the way through the index.
      expect(scan?.blocks).toBeLessThan(2 * PAGE);
    }
  }
});

test('pages give every change once, in the order of publication', async () => {
  const asked = { from: '18', network: 'NET-3' };
  const seen: string[] = [];
  for (let after: Position | null = null; ; ) {
    const rows = await changePage(db, asked, { after, limit: 100 });
    const last = rows.at(-1);
    if (last === undefined) break;
    seen.push(...rows.map((row) => `${row.changed_in.padStart(3, '0')} ${row.subject_id}`));
    after = [
      last.changed_in,
      last.network_id,
      last.indicator_id,
      '1',
      last.subject_id ?? '',
      last.period_grain,
      last.period_start,
    ];
  }
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from indicators.changed_result
     where network_id = 'NET-3' and changed_in >= 18`.execute(db);
  expect(new Set(seen).size).toBe(rows[0]?.count);
  expect(seen.map((key) => key.slice(0, 3))).toEqual(seen.map((key) => key.slice(0, 3)).toSorted());
});
