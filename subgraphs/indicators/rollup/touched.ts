import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { withQuality } from './procedures.ts';

/**
 * Opens a roll-up: temporary table `touched`, one row per group to recompute. A group is everything a network
 * published for one indicator, definition and period: definitions are thus never mixed.
 * @param groups query of network_id, indicator_id, definition_version, period_grain, period_start, period_end
 */
export async function openTouched(trx: QueryExecutorProvider, groups: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table touched on commit drop as
      select row_number() over (
               order by g.network_id, g.indicator_id, g.period_start, g.period_grain, g.definition_version) :: integer as gid, g.*, d.unit,
             -- Only these can be recovered from few answers; a count or a delay is no rate.
             d.unit in ('PERCENT', 'POINTS', 'SCORE_10') as is_rate,
             coalesce(array_position(array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'], n.finest_level), 1) as finest
        from (${withQuality(groups)}) g
        join indicators.definition d
          on d.indicator_id = g.indicator_id and d.version = g.definition_version
        left join directory.network n on n.id = g.network_id`.execute(trx);
  // A site keeps the results of the network it belonged to: its successors' sites are its own.
  await sql`
    create temporary table network_scope on commit drop as
      with recursive chain (network_id, member_id) as (
        select distinct network_id, network_id from touched
        union
        select c.network_id, n.successor_id from chain c join directory.network n on n.id = c.member_id
         where n.successor_id is not null)
      select network_id, member_id from chain where network_id <> 'ALL'`.execute(trx);
  await sql`analyze touched`.execute(trx);
}

/** Closes a roll-up, so that another may be opened in the same transaction. */
export async function closeTouched(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    drop table if exists quality, touched, network_scope, current_result, origin, place, under, part, unit_level, registry, covered, coverage, cell, fig
  `.execute(trx);
}
