import { type QueryExecutorProvider, sql } from 'kysely';
import { medianOf } from '../peers/rank.ts';

/** Replaces the spreads of the touched groups, once their units are ranked: those not withheld, in ascending order of value. */
export async function storeSpreads(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.spread s using touched t
     where s.network_id = t.network_id and s.indicator_id = t.indicator_id
       and s.definition_version = t.definition_version and s.period_start = t.period_start
       and s.period_grain = t.period_grain`.execute(trx);
  await sql`
    insert into indicators.spread (network_id, indicator_id, definition_version, period_grain, period_start,
      units, values_ascending, units_up_to, median, lowest_subject_id, highest_subject_id)
    with extreme as (
      select u.gid, min(u.id collate "C") filter (where u.pos = 1) as lowest,
             min(u.id collate "C") filter (where u.pos = l.pos) as highest
        from ranked_unit u join (select gid, max(pos) as pos from ranked_unit group by gid) l on l.gid = u.gid
       group by u.gid
    )
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, r.units,
           r.values_ascending, r.units_up_to, ${medianOf('r')}, e.lowest, e.highest
      from ranked_peers r
      join extreme e on e.gid = r.gid
      join touched t on t.gid = r.gid
     where r.cell = 0`.execute(trx);
}
