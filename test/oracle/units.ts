import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';
import { type Group, inGroups } from './figures-answered.ts';
import { askUnits } from './units-answered.ts';

/** The rankings of these groups, and how their units spread: the graph against `sql/ranks.sql` and `sql/peers.sql`. */
export async function compareUnits(
  duck: Duck,
  ask: AskGraph,
  groups: readonly Group[],
  pages: number,
): Promise<Comparison[]> {
  await askUnits(duck, ask, groups, pages);
  const asked = `(network_id, indicator_id, period) in (${inGroups(groups)})`;
  // Of a ranking that was read in part, what was read: its first pages.
  const read = Number.isFinite(pages)
    ? `and (network_id, indicator_id, period, subject_id) in (
         select (network_id, indicator_id, period, subject_id) from answered_unit)`
    : '';
  return [
    await compareTables(
      duck,
      'units and their ranks',
      `select network_id, indicator_id, period, subject_id, value::hugeint as value,
              place::bigint as place, "of"::bigint as "of", peer_place, peers from expected_unit where ${asked} ${read}`,
      'select * from answered_unit',
    ),
    await compareTables(
      duck,
      'spreads of units',
      `select network_id, indicator_id, period, units::bigint as units,
              median_twice::hugeint as median_twice, lowest::hugeint as lowest, highest::hugeint as highest
         from expected_spread
        where (network_id, indicator_id, period) in (select (network_id, indicator_id, period) from answered_spread)`,
      'select * from answered_spread',
    ),
  ];
}
