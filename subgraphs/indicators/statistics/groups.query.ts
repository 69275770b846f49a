import { type Kysely, type RawBuilder, sql } from 'kysely';
import { computedBasis, computedValue, isRate, sums } from '../rollup/computed.ts';
import { levelRank } from '../rollup/levels.ts';
import { placesOf } from '../rollup/place.ts';
import type { IndicatorsTables } from '../tables.ts';
import { joinCoverage } from './coverage.query.ts';
import type { Dimension } from './dimension.ts';
import type { ResultFilter } from './filter.ts';
import type { GroupRow } from './group.row.ts';
import { MEASURED, PLACE_COLUMNS, placeColumns, UNKNOWN } from './key.ts';
import { joinSetting, publicUnits, SETTING, standsThere } from './selection.query.ts';

export interface GroupsArguments {
  filter: ResultFilter;
  groupBy: readonly Dimension[];
}

/** Where a page starts, after the key of a group, and how long it is. */
export interface GroupsSlice {
  after: readonly string[] | null;
  limit: number;
}

export interface FoundGroups {
  rows: GroupRow[];
  /** How many groups there are. */
  total: number;
  /** The selection holds more results than may be read: then there are no groups. */
  isTooLarge: boolean;
}

/**
 * Groups of the results that anybody may read one by one, in one statement: units of publication as rankings have them,
 * without those that are withheld. They are put together by the rules of the figures of territories; one network,
 * indicator, definition and period are never mixed with another.
 *
 * @param most how many results may be read
 * @returns a page in the order of networks, indicators, periods and places
 */
export async function resultGroups(
  db: Kysely<IndicatorsTables>,
  { filter, groupBy }: GroupsArguments,
  { after, limit }: GroupsSlice,
  most: number,
): Promise<FoundGroups> {
  const places = placeColumns(groupBy);
  const key = sql.join([...MEASURED, ...places].map((column) => sql.ref(column)));
  const order = sql.join([
    ...MEASURED.map((column) => sql.ref(column)),
    ...places.map((column) => sql`coalesce(${sql.ref(column)}, ${sql.lit(UNKNOWN)}) collate "C"`),
  ]);
  const { rows } = await sql<GroupRow & { total: number; too_large: boolean; network_id: string | null }>`
    with picked as materialized (
      ${publicUnits(filter, groupBy.includes('YEAR'))} limit ${most + 1}
    ), picked_size as materialized (
      select count(*) > ${most}::integer as too_large from picked
    ), place as materialized (
      ${placesOf(sql`
        select distinct subject_kind as kind, subject_id as id from picked
         where not (select too_large from picked_size)`)}
    ), unit as (
      select p.*, x.level, x.region_id, x.departement_id, x.typology_id, y.leaf,
             ${SETTING} as setting, null::integer as origin
        from picked p
        join place x on x.kind = p.subject_kind and x.id = p.subject_id
        ${joinSetting}
    ), summed as (
      select ${key}, max(p.period_end) as period_end, max(p.level) as level, count(p.suppressed) as withheld,
             array_agg(p.value order by p.value) filter (where p.value is not null) as "values", ${sums}
        from unit p where ${standsThere(filter)} group by ${key}
    ), c as (
      select ${key}, period_end, level, withheld, "values", parts - withheld as parts, total, with_ratio, numerator,
             denominator, with_respondents, respondents, weighted, with_distribution, very_favourable, favourable,
             unfavourable, very_unfavourable
        from summed
    ), made as (
      select c.*, t.unit, t.formula, b.basis, case when b.basis is not null then ${computedValue} end as value
        from c
        join (select d.*, ${isRate('d')} as is_rate from indicators.definition d) t
          on t.indicator_id = c.indicator_id and t.version = c.definition_version
        left join directory.network n on n.id = c.network_id
        cross join lateral (select ${computedBasis}) m (basis)
        -- No plain mean of what are averages already.
        cross join lateral (
          select case when c.parts > 0 and not (m.basis = 'COMPUTED_UNWEIGHTED'
                        and c.level > coalesce(${levelRank('n.finest_level')}, 1)) then m.basis end) b (basis)
    ), evolved as (
      select *, row_number() over (order by ${order}) as at,
             case when lag(period_end) over before + 1 = period_start and lag(basis) over before = basis
                    and lag(level) over before = level
                  then trim_scale(value - lag(value) over before) end as gap_to_previous
        from made
      window before as (
        partition by ${sql.join([...SERIES, ...places].map((column) => sql.ref(column)))} order by period_start)
    ), page as (
      select * from evolved where ${after === null ? sql`true` : sql`(${order}) > (${position(after)})`}
       order by at limit ${limit}
    )
    select (select count(*) from evolved)::integer as total, (select too_large from picked_size) as too_large,
           ${sql.join(MEASURED.map((column) => sql.ref(`g.${column}`)))}, g.period_end,
           ${sql.join(PLACE_COLUMNS.map((column) => (places.includes(column) ? sql.ref(`g.${column}`) : sql`null as ${sql.ref(column)}`)))},
           ${TOLD}, k.publishing, k.expected, ${OF_NO_SUBJECT}
      from (values (true)) one (row)
      left join page g on true
      ${joinCoverage({ filter, groupBy })}
     order by g.at`.execute(db);
  return {
    rows: rows.filter((row) => row.network_id !== null),
    total: rows[0]?.total ?? 0,
    isTooLarge: rows[0]?.too_large ?? false,
  };
}

/** What a group is compared with the period before in. */
const SERIES = ['network_id', 'indicator_id', 'period_grain', 'definition_version'] as const;

/** The texts of a key, as the columns that they are compared with. */
const position = (key: readonly string[]): RawBuilder<unknown> =>
  sql.join(key.map((part, index) => sql`${part}::${sql.raw(TYPES[MEASURED[index] ?? ''] ?? 'text')}`));
const TYPES: Readonly<Record<string, string>> = { period_start: 'date', definition_version: 'integer' };

/** A sum is told where every result has what is added. */
const ofAll = (having: string, column: string) =>
  sql`case when g.parts > 0 and ${sql.ref(`g.${having}`)} = g.parts then ${sql.ref(`g.${column}`)} end`;
const counted = (having: string, column: string) =>
  sql`(${ofAll(having, column)})::integer as ${sql.ref(column)}`;

/**
 * Quantile k of `of`: the least value that at least so many results do not exceed; where exactly so many do not, half-way
 * to the next value (type 2 of Hyndman and Fan). Halving a decimal always ends: exact.
 */
const quantile = (k: number, of: number): RawBuilder<unknown> => {
  const [rank, parts] = [sql.lit(k), sql.lit(of)];
  return sql`trim_scale((g."values"[((${rank} * g.parts + ${parts} - 1) / ${parts})::integer]
    + g."values"[(${rank} * g.parts / ${parts} + 1)::integer]) * 0.5)`;
};
const DECILES = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => quantile(k, 10));

const TOLD = sql`
  g.unit, g.formula, (array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'])[g.level] as unit_level, g.value, g.basis,
  g.parts::integer as results, g.withheld::integer as withheld, ${ofAll('with_ratio', 'numerator')} as numerator,
  ${ofAll('with_ratio', 'denominator')} as denominator, ${counted('with_respondents', 'respondents')},
  ${counted('with_distribution', 'very_favourable')}, ${counted('with_distribution', 'favourable')},
  ${counted('with_distribution', 'unfavourable')}, ${counted('with_distribution', 'very_unfavourable')},
  g."values"[1] as lowest, g."values"[g.parts::integer] as highest, ${quantile(1, 4)} as lower_quartile,
  ${quantile(3, 4)} as upper_quartile, case when g.parts > 0 then array[${sql.join(DECILES)}] end as deciles,
  g.gap_to_previous`;

const OF_NO_SUBJECT = sql`
  false as period_inferred, null as subject_kind, null as subject_id, null as suppressed, false as is_unit,
  null as import_id, null as updated_on, null as import_row`;
