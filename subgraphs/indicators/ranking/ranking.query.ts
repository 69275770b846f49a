import { type Kysely, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import { type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type GroupArguments, type RankedGroup, standsIn } from './group.query.ts';

/** Units of a network by value, in a territory or nationwide. */
export interface RankingArguments extends GroupArguments {
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
   and r.value is not null and ${standsIn(within, 'r')}`;

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
