import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { GOOD_SCORE, ONLINE_QUALITY, SCORE } from '../jdma/marks.ts';
import { definitionAt } from '../publication/in-force.ts';
import { answeredBy } from './computed.ts';
import { quotient } from './exact.ts';
import { PENDING } from './pending.ts';

/**
 * Scores of online procedures are in no figure of a territory. How many of a network's have 8 of 10 and more is its
 * national figure of another indicator (the common core's), which follows them whichever way they come.
 *
 * Query of the groups to recompute, with those of that figure.
 */
export const withQuality = (groups: RawBuilder<unknown>) => sql`
  with given as materialized (select distinct * from (${groups}) q)
  select network_id, indicator_id, definition_version, period_grain, period_start, period_end from given
  union
  select g.network_id, ${ONLINE_QUALITY}, d.version, g.period_grain, g.period_start, g.period_end
    from given g cross join lateral (${definitionAt(sql`${ONLINE_QUALITY}::text`, sql`g.period_end`)}) d
   where g.indicator_id = ${SCORE}`;

/**
 * A score from fewer answers than the threshold is withheld, and one that a shorter period withholds; one that is shown
 * again is a change for readers.
 * @param isLonger what `withhold` said
 */
export async function withholdScores(trx: QueryExecutorProvider, isLonger: boolean): Promise<void> {
  const shorter = isLonger
    ? sql`when exists (select from withheld_shorter h where h.gid = t.gid and h.id = r.id) then 'COMPLEMENTARY'`
    : sql``;
  await sql`
    update indicators.result r set suppressed = x.hidden, changed_in = ${PENDING}
      from (
        select t.network_id, t.indicator_id, t.definition_version, r.id as subject_id, t.period_grain, t.period_start,
               case when t.is_rate and ${answeredBy('r')} < s.suppression_threshold then 'SMALL_SAMPLE'
                    ${shorter} end as hidden
          from current_result r
          join touched t on t.gid = r.gid
          cross join indicators.directory_state s
         where r.kind = 'PROCEDURE') x
     where r.network_id = x.network_id and r.indicator_id = x.indicator_id
       and r.definition_version = x.definition_version and r.subject_id = x.subject_id
       and r.period_grain = x.period_grain and r.period_start = x.period_start and r.publication_to is null
       and r.suppressed is distinct from x.hidden`.execute(trx);
}

/**
 * Adds to `fig` the share of procedures that are scored `GOOD_SCORE` and more, unless the network published it itself.
 * Scores are compared exactly, by their parts where these are known: 7.9999996 is not 8, although it is written so.
 * Withheld scores are in neither count, for they could be told from it; coverage says that they are there.
 */
export async function countGoodScores(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table quality on commit drop as
      select t.gid, count(*)::integer as scored, count(*) filter (where shown)::integer as shown,
             count(*) filter (where shown and good)::integer as good, max(updated_on) as updated_on,
             (array_agg(import_id order by publication_from desc, subject_id))[1] as import_id
        from touched t
        join (
          select r.network_id, r.period_grain, r.period_start, r.subject_id, r.suppressed is null as shown,
                 case when r.denominator > 0 then r.numerator >= ${sql.lit(GOOD_SCORE)} * r.denominator
                      else r.value >= ${sql.lit(GOOD_SCORE)} end as good,
                 r.updated_on, r.import_id, r.publication_from
            from indicators.result r
           where r.indicator_id = ${SCORE} and r.subject_kind = 'PROCEDURE' and r.publication_to is null) p
          on p.network_id = t.network_id and p.period_grain = t.period_grain and p.period_start = t.period_start
       where t.indicator_id = ${ONLINE_QUALITY}
         and not exists (select from fig f where f.gid = t.gid and f.level = 4 and f.typology_id = '')
       group by t.gid having bool_or(shown)`.execute(trx);
  await sql`
    insert into fig (gid, level, territory_id, typology_id, basis, value, numerator, denominator, updated_on, import_id)
      select gid, 4, 'FR', '', 'COMPUTED_WEIGHTED', ${quotient(sql`100 * good`, sql`shown`)}, good, shown, updated_on,
             import_id
        from quality`.execute(trx);
  await sql`
    insert into coverage (gid, level, territory_id, typology_id, publishing, expected)
      select gid, 4, 'FR', '', shown, scored from quality`.execute(trx);
}
