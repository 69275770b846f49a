import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period } from '../../../kernel/period.ts';
import { inCommune } from '../../../kernel/postgres/subject.ts';
import { type ChosenPeriod, periodOf } from '../figure/list-period.ts';
import type { IndicatorsTables, UnitLevel } from '../tables.ts';

/** The group of results that a ranking is made of. */
export interface RankedGroup {
  period: Period;
  version: number;
}

/** Whose units are ranked, and of which period; null is the latest that most of the units have. */
export interface GroupArguments {
  indicator: string;
  /** A région, a département or a commune; null and the nation hold everything. */
  within: string | null;
  period: Period | null;
}

/**
 * The rows whose alias is `row` are of units that stand in a territory: its own column of the directory tells which. What
 * answers for more than the territory stands in none, wherever its seat is: figures leave it out as well.
 */
export function standsIn(within: string | null, row: string): RawBuilder<boolean> {
  if (within === null || within === NATION) return sql`true`;
  const [isThere, levels] = placedIn(within);
  return sql`${sql.ref(`${row}.subject_id`)} in (
    select s.id from directory.site s where ${isThere}
    union all
    select s.id from directory.structure s where ${isThere} and s.level in (${sql.join(levels.map(sql.lit))})
    union all
    select t.id from directory.territory t
     where t.level in ('DEPARTEMENT', 'REGION') and ${within} in (t.id, coalesce(t.region_id, t.parent_id)))`;
}

/** Whether a site or structure `s` has its place or seat in a territory; the levels of the structures that stand there. */
function placedIn(within: string): [isThere: RawBuilder<SqlBool>, levels: readonly UnitLevel[]] {
  switch (within.slice(0, 4)) {
    case 'REG-':
      return [sql`s.region_id = ${within}`, ['SITE', 'DEPARTEMENT', 'REGION']];
    case 'DEP-':
      return [sql`s.departement_id = ${within}`, ['SITE', 'DEPARTEMENT']];
    default:
      return [inCommune(sql.ref('s.commune_id'), within), ['SITE']];
  }
}

/** The group that a ranking is made of, with its definition; null when no unit published. */
export async function rankedGroup(
  db: Kysely<IndicatorsTables>,
  network: string,
  { indicator, within, period }: GroupArguments,
): Promise<RankedGroup | null> {
  const groups = groupsOf(network, indicator, period);
  const { rows } =
    within === null || within === NATION
      ? await sql<ChosenPeriod>`with ${groups} ${LARGEST}`.execute(db)
      : await sql<ChosenPeriod>`
          with recursive ${groups}, ${walk(network, indicator, within)}
          select period_grain as chosen_grain, period_start as chosen_start, definition_version as chosen_version
            from step where published > 0
           order by is_most desc, published desc, ends desc, period_start, definition_version desc limit 1`.execute(
          db,
        );
  const found = rows[0];
  const chosen = periodOf(found, null);
  return chosen && found?.chosen_version ? { period: chosen, version: found.chosen_version } : null;
}

/** Common table expression `spread`: the groups that have units, in any territory, from the stored spreads. */
const groupsOf = (network: string, indicator: string, period: Period | null) => sql`
  spread as materialized (
    select s.period_grain, s.period_start, s.definition_version, s.units,
           s.units * 2 > max(s.units) over () as is_most,
           s.period_start + case s.period_grain when 'YEAR' then interval '1 year'
             when 'SEMESTER' then interval '6 months' when 'QUARTER' then interval '3 months'
             else interval '1 month' end as ends
      from indicators.spread s
     where s.network_id = ${network} and s.indicator_id = ${indicator} ${
       period === null
         ? sql``
         : sql`and s.period_start = ${period.start}::date and s.period_grain = ${period.grain}`
     })`;

/** Nationwide, the sizes of the spreads tell which period most units have, without reading their results. */
const LARGEST = sql`
  select period_grain as chosen_grain, period_start as chosen_start, definition_version as chosen_version
    from spread
   order by is_most desc, case when is_most then ends end desc, units desc, ends desc, period_start,
            definition_version desc
   limit 1`;

/**
 * Common table expressions that end with `step`, the fullest group of each end of a period, from the latest one back to
 * the first that more than half of the units have. Who publishes in the network is known without reading results, and
 * how many of these ever had the indicator is counted only where it matters: nothing is read of most periods.
 */
const walk = (network: string, indicator: string, within: string) => sql`
  publisher as materialized (
    select p.subject_id from indicators.publisher p
     where p.network_id = ${network} and p.year = 0 and ${standsIn(within, 'p')}
  ), known as (
    select count(*) as units from publisher p
     where exists (
       select from indicators.published_result r
        where r.subject_id = p.subject_id and r.indicator_id = ${indicator} and r.network_id = ${network}
          and r.is_unit and r.suppressed is null)
  ), last as (
    select ends, row_number() over (order by ends desc) as place from spread group by ends
  ), step as (
    select 0::bigint as place, null::timestamp as ends, null::text as period_grain, null::date as period_start,
           null::integer as definition_version, 0::bigint as published, false as is_most
    union all
    select l.place, l.ends, g.period_grain, g.period_start, g.definition_version, coalesce(g.published, 0),
           case when g.published * 2 > (select count(*) from publisher) then true
                else coalesce(g.published * 2 > (select units from known), false) end
      from step t
      join last l on l.place = t.place + 1
      left join lateral (
        select s.period_grain, s.period_start, s.definition_version, count(*) as published
          from spread s
          cross join publisher p
          join indicators.published_result r
            on r.network_id = ${network} and r.indicator_id = ${indicator} and r.period_start = s.period_start
           and r.period_grain = s.period_grain and r.definition_version = s.definition_version
           and r.subject_id = p.subject_id
         where s.ends = l.ends and r.is_unit and r.suppressed is null
         group by 1, 2, 3 order by 4 desc, 2, 3 desc limit 1) g on true
     where not t.is_most)`;
