import { type AskGraph, forEachOf, millionths } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Cell, Duck } from './duck.ts';

interface Gaps {
  local: { value: number | null } | null;
  gapToDepartement: number | null;
  gapToRegion: number | null;
  gapToNational: number | null;
  betterThanNational: boolean | null;
  gapSignificant: boolean | null;
}

interface Key {
  network_id: string;
  indicator_id: string;
  period: string;
  id: string;
}

const GAPS = `query ($ids: [ID!]!, $indicator: ID!, $period: String!) {
  nodes(ids: $ids) {
    ... on Site { id comparison(indicator: $indicator, period: $period) { ...gaps } }
    ... on Structure { id comparison(indicator: $indicator, period: $period) { ...gaps } }
  }
}
fragment gaps on Comparison {
  local { value } gapToDepartement gapToRegion gapToNational betterThanNational gapSignificant
}`;

/** Units that one request asks for; the graph takes a hundred nodes. */
const AT_ONCE = 100;

const COLUMNS = {
  network_id: 'varchar',
  indicator_id: 'varchar',
  period: 'varchar',
  subject_id: 'varchar',
  value: 'hugeint',
  to_departement: 'hugeint',
  to_region: 'hugeint',
  to_nation: 'hugeint',
  is_better: 'boolean',
  is_significant: 'boolean',
};

/**
 * Some units of every group beside their département, région and nation: what the graph says against `sql/gaps.sql`.
 * @param units of each group
 */
export async function compareGaps(
  duck: Duck,
  ask: AskGraph,
  { units, network }: { units: number; network: string | null },
): Promise<Comparison> {
  await duck.run(`create or replace table asked_gap as
    select u.gid, u.id from unit u join grp g using (gid)
     where u.kind <> 'TERRITORY' and ${network === null ? 'true' : `g.network_id = '${network}'`}
    qualify row_number() over (partition by u.gid order by hash(u.id)) <= ${units}`);
  await duck.file('gaps.sql');
  const keys = await duck.rows<Key>(
    'select network_id, indicator_id, period, subject_id as id from expected_gap order by all',
  );
  const rows: Cell[][] = [];
  const lists = [...Map.groupBy(keys, (key) => `${key.indicator_id} ${key.period}`).values()];
  await forEachOf(lists, async (list) => {
    for (let at = 0; at < list.length; at += AT_ONCE) {
      const asked = new Map(list.slice(at, at + AT_ONCE).map((key) => [key.id, key]));
      const { nodes } = await ask<{ nodes: ({ id: string; comparison: Gaps | null } | null)[] }>(GAPS, {
        ids: [...asked.keys()],
        indicator: list[0]?.indicator_id,
        period: list[0]?.period,
      });
      for (const node of nodes) {
        const key = node && asked.get(node.id);
        if (!key || !node.comparison) continue;
        rows.push([key.network_id, key.indicator_id, key.period, key.id, ...cellsOf(node.comparison)]);
      }
    }
  });
  await duck.fill('answered_gap_of_unit', COLUMNS, rows);
  const typed = Object.entries(COLUMNS).map(([name, type]) => `"${name}"::${type} as "${name}"`);
  return compareTables(
    duck,
    'gaps of units to their territories',
    `select ${typed.join(', ')} from expected_gap`,
    'select * from answered_gap_of_unit',
  );
}

const told = (value: boolean | null): Cell => (value === null ? null : String(value));

const cellsOf = (gaps: Gaps): Cell[] => [
  millionths(gaps.local?.value ?? null),
  millionths(gaps.gapToDepartement),
  millionths(gaps.gapToRegion),
  millionths(gaps.gapToNational),
  told(gaps.betterThanNational),
  told(gaps.gapSignificant),
];
