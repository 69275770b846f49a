import { type QueryExecutorProvider, sql } from 'kysely';
import { densityOf, medianOf, volumeOf } from './rank.ts';

/** Units, the one that is ranked included, that make a group worth ranking in. */
export const LEAST_PEERS = 10;

const CELL = sql<number>`r.cell`;

/**
 * Replaces the groups of peers of the touched groups of a roll-up, once its units are ranked (see rank.ts). Only units
 * that are not withheld count, in the thirds of the volumes too: where these begin tells nothing of those.
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
    with third as (
      select gid, min(amount) filter (where volume = 2) as medium_from,
             min(amount) filter (where volume = 3) as large_from
        from ranked_unit group by gid
    )
    select t.network_id, t.indicator_id, t.definition_version, t.period_grain, t.period_start, ${densityOf(CELL)},
           ${volumeOf(CELL)}, v.volume_of, h.medium_from, h.large_from, r.units, r.values_ascending, r.units_up_to,
           ${medianOf('r')}
      from ranked_peers r
      join touched t on t.gid = r.gid
      left join volume_of v on v.gid = r.gid and r.cell = 0
      left join third h on h.gid = r.gid and r.cell = 0
     where r.units >= ${LEAST_PEERS} or r.cell = 0`.execute(trx);
}
