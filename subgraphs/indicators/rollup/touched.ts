import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { isOfAnswers, isRate } from './computed.ts';
import { withQuality } from './procedures.ts';

/** SQL: what each definition asks: its question, word for word, or that of the core indicator it says to be the same as. */
export const MEANING: RawBuilder<unknown> = sql`
  select d.indicator_id, d.version,
         coalesce(regexp_replace(btrim(coalesce(core.question, d.question)), '\\s+', ' ', 'g'),
                  d.indicator_id || ' ' || d.version) as answers
    from indicators.definition d
    join indicators.indicator i on i.id = d.indicator_id
    left join lateral (
      select c.question from indicators.definition c
       where c.indicator_id = i.core_indicator_id and i.comparability = 'SAME_QUESTION'
       order by c.version desc limit 1) core on true`;

/**
 * Opens a roll-up: temporary table `touched`, one row per group to recompute. A group is everything a network
 * published for one indicator, definition and period: definitions are thus never mixed.
 *
 * Groups of one period that are made of the same answers are one family, and touched together: what is withheld in
 * one must not be found in another. They ask the same question, word for word, or say so (SAME_QUESTION). The one
 * with the most results leads: the others follow what is withheld in it.
 * @param groups query of network_id, indicator_id, definition_version, period_grain, period_start, period_end
 */
export async function openTouched(trx: QueryExecutorProvider, groups: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table touched on commit drop as
      with asked as (
        select distinct network_id, indicator_id, definition_version, period_grain, period_start, period_end
          from (${withQuality(groups)}) q
      ), meaning as materialized (
        ${MEANING}
      ), kin as (
        select r.* from asked a
          join meaning m on m.indicator_id = a.indicator_id and m.version = a.definition_version
          join meaning o on o.answers = m.answers
          cross join lateral (
            select r.network_id, r.indicator_id, r.definition_version, r.period_grain, r.period_start, r.period_end
              from indicators.result r
             where r.network_id = a.network_id and r.indicator_id = o.indicator_id and r.period_start = a.period_start
               and r.period_grain = a.period_grain and r.definition_version = o.version and r.publication_to is null
             limit 1) r
      )
      select row_number() over (
               order by g.network_id, g.indicator_id, g.period_start, g.period_grain, g.definition_version) :: integer as gid, g.*, d.unit,
             -- Only these can be recovered from few answers; a count or a delay is no rate.
             ${isRate('d')} as is_rate, ${isOfAnswers('d')} as is_of_answers,
             dense_rank() over (order by g.network_id, g.period_start, g.period_grain, ${isRate('d')},
               m.answers) as family,
             m.answers, true as leads,
             coalesce(array_position(array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'], n.finest_level), 1) as finest
        from (select * from asked union select * from kin) g
        join indicators.definition d
          on d.indicator_id = g.indicator_id and d.version = g.definition_version
        join meaning m on m.indicator_id = g.indicator_id and m.version = g.definition_version
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
    drop table if exists quality, touched, network_scope, current_result, origin, place, under, part, unit_level, registry, registered, covered, coverage, cell, fig, held, one, node, member, exact,
      shorter, withheld_shorter, irregular
  `.execute(trx);
}
