import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import { NATION } from '../../../kernel/ids.ts';
import type { Period } from '../../../kernel/period.ts';
import { type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import { type ChosenPeriod, chosenPeriod, periodOf } from '../figure/list-period.ts';
import type { IndicatorsTables } from '../tables.ts';

/** Units of a network by value, in a territory or nationwide. */
export interface RankingArguments {
  indicator: string;
  /** A région, a département or a commune; null and the nation hold everything. */
  within: string | null;
  period: Period | null;
  /** Greater values first. */
  descending: boolean;
  /** Greater values are better. */
  higherIsBetter: boolean;
}

/** Where a page starts: the value and the subject of the last row of the page before. */
export interface RankingSlice {
  after: { value: Decimal; subject: string } | null;
  limit: number;
}

/** A result with its rank among the units of the same ranking: equal values share a rank. */
export interface RankedRow extends FigureRow {
  rank: number;
}

/** The group of results that a ranking is made of. */
export interface RankedGroup {
  period: Period;
  version: number;
}

/** The results `r` of units that stand in a territory: its own column of the directory tells which. */
function standsIn(within: string | null): RawBuilder<boolean> {
  if (within === null || within === NATION) return sql`true`;
  const kind = within.slice(0, 4);
  const column = kind === 'REG-' ? 'region_id' : kind === 'DEP-' ? 'departement_id' : 'commune_id';
  return sql`r.subject_id in (
    select s.id from directory.site s where ${sql.ref(`s.${column}`)} = ${within}
    union all
    select s.id from directory.structure s where ${sql.ref(`s.${column}`)} = ${within}
    union all
    select t.id from directory.territory t
     where t.level in ('DEPARTEMENT', 'REGION') and ${within} in (t.id, coalesce(t.region_id, t.parent_id)))`;
}

/** The group that a ranking is made of, with its definition; null when no unit published. */
export async function rankedGroup(
  db: Kysely<IndicatorsTables>,
  network: string,
  { indicator, within, period }: Pick<RankingArguments, 'indicator' | 'within' | 'period'>,
): Promise<RankedGroup | null> {
  const everywhere = within === null || within === NATION;
  const { rows } = everywhere
    ? await sql<ChosenPeriod>`${largestSpread(network, indicator, period)}`.execute(db)
    : await sql<ChosenPeriod>`
        with scope as materialized (
          select 1 as list, r.subject_id as item, r.period_start, r.period_grain, r.period_end,
                 r.definition_version
            from indicators.published_result r
           where r.network_id = ${network} and r.indicator_id = ${indicator} and r.is_unit
             and r.suppressed is null and ${standsIn(within)}
        ), ${chosenPeriod(period)}
        select chosen_grain, chosen_start, chosen_version from chosen`.execute(db);
  const found = rows[0];
  const chosen = periodOf(found, null);
  return chosen && found?.chosen_version ? { period: chosen, version: found.chosen_version } : null;
}

/** Nationwide, the sizes of the spreads tell which period most units have, without reading their results. */
const largestSpread = (network: string, indicator: string, period: Period | null) => sql`
  select s.period_grain as chosen_grain, s.period_start as chosen_start, s.definition_version as chosen_version
    from (select s.period_grain, s.period_start, s.definition_version, s.units,
                 s.units * 2 > max(s.units) over () as is_most,
                 s.period_start + case s.period_grain when 'YEAR' then interval '1 year'
                   when 'SEMESTER' then interval '6 months' when 'QUARTER' then interval '3 months'
                   else interval '1 month' end as ends
            from indicators.spread s where s.network_id = ${network} and s.indicator_id = ${indicator}) s
   where ${period?.start ?? null}::date is null
      or (s.period_start = ${period?.start ?? null}::date and s.period_grain = ${period?.grain ?? null}::text)
   order by s.is_most desc, case when s.is_most then s.ends end desc, s.units desc, s.ends desc,
            s.period_start, s.definition_version desc
   limit 1`;

/** The results `r` that a ranking is made of. */
export const members = (
  network: string,
  indicator: string,
  { period, version }: RankedGroup,
  within: string | null,
) => sql`
  from indicators.published_result r
 where r.network_id = ${network} and r.indicator_id = ${indicator} and r.period_start = ${period.start}::date
   and r.period_grain = ${period.grain} and r.definition_version = ${version} and r.is_unit
   and r.value is not null and ${standsIn(within)}`;

/** A page of a ranking; withheld results are not in it. Equal values are ordered by subject. */
export async function rankedPage(
  db: Kysely<IndicatorsTables>,
  network: string,
  { indicator, within, descending, higherIsBetter }: RankingArguments,
  group: RankedGroup,
  { after, limit }: RankingSlice,
): Promise<RankedRow[]> {
  const direction = descending ? sql`desc` : sql`asc`;
  const beyond = descending
    ? sql`u.value < ${after?.value ?? null}::numeric`
    : sql`u.value > ${after?.value ?? null}::numeric`;
  const { rows } = await sql<RankedRow>`
    with u as (
      select r.subject_id, r.value,
             rank() over (order by r.value ${higherIsBetter ? sql`desc` : sql`asc`})::integer as rank
        ${members(network, indicator, group, within)}
    ), page as (
      select u.subject_id, u.rank from u
       where ${after?.subject ?? null}::text is null or ${beyond}
          or (u.value = ${after?.value ?? null}::numeric and u.subject_id > ${after?.subject ?? null}::text)
       order by u.value ${direction}, u.subject_id limit ${limit})
    select ${RESULT_COLUMNS}, p.rank
      from page p
      join indicators.published_result r
        on r.network_id = ${network} and r.indicator_id = ${indicator}
       and r.period_start = ${group.period.start}::date and r.period_grain = ${group.period.grain}
       and r.definition_version = ${group.version} and r.subject_id = p.subject_id
     order by r.value ${direction}, r.subject_id`.execute(db);
  return rows;
}

/** How many units are ranked. */
export async function countRanked(
  db: Kysely<IndicatorsTables>,
  network: string,
  { indicator, within }: Pick<RankingArguments, 'indicator' | 'within'>,
  group: RankedGroup,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count ${members(network, indicator, group, within)}`.execute(db);
  return rows[0]?.count ?? 0;
}
