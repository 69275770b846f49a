import { type Comparison, compareTables, noneOf } from './compare.ts';
import type { Duck } from './duck.ts';

/** Every stored figure, those by typology and of all services together too; and what is withheld, rule by rule. */
export async function compareWithheld(duck: Duck): Promise<Comparison[]> {
  await duck.file('withheld.sql');
  const stored = (table: string, value: string) =>
    `select network_id, indicator_id, version, period, territory_id, typology_id, basis, ${value} as value,
            publishing::bigint as publishing, expected::bigint as expected from ${table}`;
  const shown = `(network_id, indicator_id, version, period, territory_id, typology_id) in (
    select (network_id, indicator_id, version, period, territory_id, typology_id) from figure_flag
     where suppressed is null)`;
  return [
    await compareTables(
      duck,
      'stored figures, those by typology and of all services too',
      stored('expected_figure', `case when ${shown} then value end::hugeint`),
      stored('figure_flag', 'millionths(value)'),
    ),
    await noneOf(duck, 'rules of what is withheld', 'select 1 from part', 'select * from wrongly'),
  ];
}
