import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';
import { askCompleteness, askTransparency } from './networks-answered.ts';

/** Who publishes: what the graph says against what `sql/transparency.sql` and `sql/completeness.sql` made. */
export async function compareNetworks(duck: Duck, ask: AskGraph): Promise<Comparison[]> {
  await askTransparency(
    duck,
    ask,
    await duck.rows(
      `select distinct territory_id, year::varchar as year from expected_transparency order by all`,
    ),
  );
  await askCompleteness(
    duck,
    ask,
    await duck.rows(`select network_id, year::varchar as year from expected_completeness order by all`),
  );
  return [
    await compareTables(
      duck,
      'transparency of départements',
      `select territory_id, year::bigint as year, network_id, rate::hugeint as rate, publishing::bigint as publishing,
              expected::bigint as expected from expected_transparency`,
      'select * from answered_transparency',
    ),
    await compareTables(
      duck,
      'completeness of networks',
      `select network_id, year::bigint as year, expected::bigint as expected, publishing::bigint as publishing
         from expected_completeness`,
      'select * from answered_completeness',
    ),
  ];
}
