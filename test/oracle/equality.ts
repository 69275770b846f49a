import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';
import { askEquality } from './equality-answered.ts';
import { type Group, inGroups } from './figures-answered.ts';

const shown = (name: string, type: string) => `case when flag is null then ${name} end::${type} as ${name}`;

/** What the graph should give; why a figure is withheld beside a small one is the hub's to choose. */
const EXPECTED_SETTING = `
  with flagged as (
    select e.*,
           case when e.too_small then 'SMALL_SAMPLE' when a.suppressed = 'COMPLEMENTARY' then 'COMPLEMENTARY' end as flag
      from expected_setting e
      left join answered_setting a on a.network_id = e.network_id and a.indicator_id = e.indicator_id
       and a.period = e.period and a.place = e.place)
  select network_id, indicator_id, period, place, ${shown('value', 'hugeint')}, basis, flag as suppressed,
         ${shown('numerator', 'hugeint')}, ${shown('denominator', 'hugeint')}, ${shown('respondents', 'bigint')},
         publishing::bigint as publishing, expected::bigint as expected
    from flagged`;

/** How equal the units of these groups are: what the graph says against what `sql/equality.sql` made. */
export async function compareEquality(
  duck: Duck,
  ask: AskGraph,
  groups: readonly Group[],
): Promise<Comparison[]> {
  await askEquality(duck, ask, groups);
  const asked = `(network_id, indicator_id, period) in (${inGroups(groups)})`;
  const settings = `select * from (${EXPECTED_SETTING}) where ${asked}`;
  return [
    await compareTables(
      duck,
      'deciles',
      `select * from (select network_id, indicator_id, period, weight, k::bigint as k,
                             twice::hugeint as twice from expected_decile) where ${asked}`,
      'select * from answered_decile',
    ),
    await compareTables(duck, 'figures by setting and density', settings, 'select * from answered_setting'),
    await compareTables(
      duck,
      'rural against urban',
      // Of units that are whole régions there are no such figures, and no gap.
      `select network_id, indicator_id, period,
              (max(value) filter (where place = 'RURAL') - max(value) filter (where place = 'URBAN'))::hugeint as gap
         from (${settings} union all by name select network_id, indicator_id, period from answered_gap) group by all`,
      'select * from answered_gap',
    ),
  ];
}
