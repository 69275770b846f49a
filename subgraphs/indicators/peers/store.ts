import { type QueryExecutorProvider, sql } from 'kysely';

/** Units, the one that is ranked included, that make a group worth ranking in. */
export const LEAST_PEERS = 10;

/**
 * Replaces the groups of peers of the touched groups of a roll-up. Only units that are not withheld count, in the
 * thirds of the volumes too: where these begin tells nothing of those.
 */
export async function storePeers(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from indicators.peer_group s using touched t
     where s.network_id = t.network_id and s.indicator_id = t.indicator_id
       and s.definition_version = t.definition_version and s.period_start = t.period_start
       and s.period_grain = t.period_grain`.execute(trx);
  await sql`
    insert into indicators.peer_group (network_id, indicator_id, definition_version, period_grain, period_start,
      density, volume, volume_of, medium_from, large_from, units, values_ascending, units_up_to, median)
    with known as (
      select gid, case when count(respondents) >= count(denominator) then 'RESPONDENTS' else 'DENOMINATOR' end as volume_of
        from part where is_part and hidden is null group by gid
      having count(respondents) + count(denominator) > 0
    ), unit as (
      select p.gid, p.value, l.density, k.volume_of,
             case k.volume_of when 'RESPONDENTS' then p.respondents else p.denominator end as amount
        from part p
        join place l on l.kind = p.kind and l.id = p.id
        left join known k on k.gid = p.gid
       where p.is_part and p.hidden is null
    ), placed as (
      select *, rank() over (partition by gid order by amount) - 1 as smaller,
             count(amount) over (partition by gid) as known
        from unit
    ), classed as (
      select *, case when amount is null then null
                     when 3 * smaller < known then 'SMALL'
                     when 3 * smaller < 2 * known then 'MEDIUM'
                     else 'LARGE' end as volume
        from placed
    ), thirds as (
      select gid, max(volume_of) as volume_of, min(amount) filter (where volume = 'MEDIUM') as medium_from,
             min(amount) filter (where volume = 'LARGE') as large_from
        from classed group by gid
    ), tie as (
      select gid, value, case when grouping(density) = 1 then '' else density end as density,
             case when grouping(volume) = 1 then '' else volume end as volume, count(*) as units
        from classed
       group by gid, value, grouping sets ((), (density), (volume), (density, volume))
      having (grouping(density) = 1 or density is not null) and (grouping(volume) = 1 or volume is not null)
    ), ranked as (
      select *, sum(units) over (partition by gid, density, volume order by value) as up_to,
             sum(units) over (partition by gid, density, volume) as total
        from tie
    )
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, r.density, r.volume,
           v.volume_of, v.medium_from, v.large_from, max(r.total)::integer, array_agg(r.value order by r.value),
           array_agg(r.up_to::integer order by r.value),
           trim_scale((min(r.value) filter (where r.up_to >= div(r.total + 1, 2))
                       + min(r.value) filter (where r.up_to >= div(r.total, 2) + 1)) * 0.5)
      from ranked r
      join touched t on t.gid = r.gid
      left join thirds v on v.gid = r.gid and r.density = '' and r.volume = ''
     group by t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, r.density,
              r.volume, v.volume_of, v.medium_from, v.large_from
    having max(r.total) >= ${LEAST_PEERS} or (r.density = '' and r.volume = '')`.execute(trx);
}
