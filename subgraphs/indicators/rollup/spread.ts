import { type QueryExecutorProvider, sql } from 'kysely';

/** Replaces the spreads of the touched groups: units that are not withheld, in ascending order of value. */
export async function storeSpreads(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.spread s using touched t
     where s.network_id = t.network_id and s.indicator_id = t.indicator_id
       and s.definition_version = t.definition_version and s.period_start = t.period_start
       and s.period_grain = t.period_grain`.execute(trx);
  await sql`
    insert into indicators.spread (network_id, indicator_id, definition_version, period_grain, period_start,
      units, values_ascending, units_up_to, median, lowest_subject_id, highest_subject_id)
    with tie as (
      select gid, value, count(*) as units, min(id collate "C") as first_id
        from part where is_part and hidden is null group by gid, value
    ), ranked as (
      select gid, value, first_id, sum(units) over (partition by gid order by value) as up_to,
             sum(units) over (partition by gid) as total
        from tie
    )
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start,
           max(total) :: integer, array_agg(value order by value),
           array_agg(up_to :: integer order by value),
           -- The middle unit, or half-way between the two middle ones: exact, halving a decimal always ends.
           trim_scale((min(value) filter (where up_to >= div(total + 1, 2))
                       + min(value) filter (where up_to >= div(total, 2) + 1)) * 0.5),
           (array_agg(first_id order by value))[1], (array_agg(first_id order by value desc))[1]
      from ranked r join touched t on t.gid = r.gid
     group by t.gid, t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start
  `.execute(trx);
}
