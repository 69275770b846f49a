import { type Kysely, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { RankedGroup } from '../ranking/group.query.ts';
import { members } from '../ranking/ranking.query.ts';
import type { IndicatorsTables } from '../tables.ts';

/** The nine deciles of the units of a network, lowest first; each unit counts once, or as often as its users. */
export interface Deciles {
  weight: 'UNITS' | 'RESPONDENTS';
  units: number;
  /** Of all units; null where one of them does not say. */
  respondents: number | null;
  values: Decimal[];
}

/**
 * Deciles of the units of a ranking, in one statement: of units and, where all of them tell their respondents, of
 * these. Decile k is the least value that at least k tenths do not exceed; where exactly k tenths do not, half-way to
 * the next value (type 2 of Hyndman and Fan, the same rule as our medians). Halving a decimal always ends: exact.
 */
export async function decilesOf(
  db: Kysely<IndicatorsTables>,
  network: string,
  { indicator, within }: { indicator: string; within: string | null },
  group: RankedGroup,
): Promise<Deciles[]> {
  const { rows } = await sql<Deciles>`
    with tie as (
      select r.value, count(*) as units, sum(r.respondents) as respondents,
             bool_and(r.respondents is not null) as known
        ${members(network, indicator, group, within)}
       group by r.value
    ), weighed as (
      select 'UNITS' as weight, value, units as size from tie
      union all
      select 'RESPONDENTS', value, respondents from tie where (select bool_and(known) from tie)
    ), ranked as (
      select weight, value, sum(size) over (partition by weight order by value) as up_to,
             sum(size) over (partition by weight) as total
        from weighed
    ), decile as (
      select weight, k,
             trim_scale((min(value) filter (where up_to * 10 >= total * k)
                         + min(value) filter (where up_to * 10 > total * k)) * 0.5) as value
        from ranked cross join generate_series(1, 9) k
       where total > 0 group by weight, k
    )
    select d.weight, (select sum(units) from tie)::integer as units,
           (select case when bool_and(known) then sum(respondents) end from tie)::integer as respondents,
           array_agg(d.value order by d.k) as values
      from decile d group by d.weight`.execute(db);
  return rows;
}
