import { type AskGraph, forEachOf, millionths } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Cell, Duck } from './duck.ts';

interface Compared {
  network: { id: string };
  indicator: { id: string } | null;
  comparability: string | null;
  period: string | null;
  value: number | null;
  basis: string | null;
  suppressed: string | null;
  respondents: number | null;
  coverage: { publishing: number; expected: number } | null;
  reason: string | null;
}

interface Key {
  number: string;
  indicator: string;
  territory: string;
  comparability: string;
  period: string | null;
}

const NETWORKS = `query (
  $indicator: ID!, $networks: [ID!]!, $territory: ID!, $period: String, $comparability: Comparability
) {
  compareNetworks(
    indicator: $indicator, networks: $networks, territory: $territory, period: $period, comparability: $comparability
  ) {
    network { id } indicator { id } comparability period value basis suppressed respondents
    coverage { publishing expected } reason
  }
}`;

/** Each question of the common core, and each that was mapped to it, in three places, period by period and in none. */
const ASKED = `create or replace table asked_comparison as
  select row_number() over (order by indicator_id, territory_id, comparability, period) as number, *
    from (select id as indicator_id from indicator where network_id is null or core_indicator_id is not null)
   cross join (select unnest(['FR', 'REG-11', 'DEP-62']) as territory_id)
   cross join (select unnest(['SAME_QUESTION', 'OWN']) as comparability)
   cross join (select distinct period from shown_figure where grain = 'YEAR' union all select null)
   where indicator_id in (select indicator_id from shown_figure)`;

const COLUMNS = {
  number: 'bigint',
  network_id: 'varchar',
  indicator_id: 'varchar',
  comparability: 'varchar',
  period: 'varchar',
  value: 'hugeint',
  basis: 'varchar',
  suppressed: 'varchar',
  respondents: 'bigint',
  publishing: 'bigint',
  expected: 'bigint',
  reason: 'varchar',
};

/** All networks side by side, question by question: what the graph says against `sql/networks.sql`. */
export async function compareSideBySide(duck: Duck, ask: AskGraph): Promise<Comparison> {
  await duck.run(ASKED);
  await duck.file('networks.sql');
  const networks = await duck.rows<{ id: string }>('select id from network order by id');
  const keys = await duck.rows<Key>(
    `select number, indicator_id as indicator, territory_id as territory, comparability, period from asked_comparison`,
  );
  const rows: Cell[][] = [];
  await forEachOf(keys, async ({ number, ...asked }) => {
    const { compareNetworks } = await ask<{ compareNetworks: Compared[] }>(NETWORKS, {
      ...asked,
      networks: networks.map(({ id }) => id),
    });
    rows.push(...compareNetworks.map((row) => [number, ...cellsOf(row)]));
  });
  await duck.fill('answered_comparison', COLUMNS, rows);
  const typed = Object.entries(COLUMNS).map(([name, type]) => `"${name}"::${type} as "${name}"`);
  return compareTables(
    duck,
    'networks side by side',
    `select ${typed.join(', ')} from expected_comparison`,
    'select * from answered_comparison',
  );
}

const cellsOf = (row: Compared): Cell[] => [
  row.network.id,
  row.indicator?.id ?? null,
  row.comparability,
  row.period,
  millionths(row.value),
  row.basis,
  row.suppressed,
  row.respondents,
  row.coverage?.publishing ?? null,
  row.coverage?.expected ?? null,
  row.reason,
];
