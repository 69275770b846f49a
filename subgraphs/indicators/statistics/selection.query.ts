import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { inCommune } from '../../../kernel/postgres/subject.ts';
import { ABOVE } from '../equality/above.ts';
import type { ResultFilter } from './filter.ts';

const COLUMNS = sql.raw(
  `r.network_id, r.indicator_id, r.definition_version, r.subject_kind, r.subject_id, r.period_grain, r.period_start,
   r.period_end, r.value, r.numerator, r.denominator, r.respondents, r.very_favourable, r.favourable, r.unfavourable,
   r.very_unfavourable, r.updated_on, r.import_row, r.suppressed`,
);

const allOf = (conditions: readonly RawBuilder<unknown>[]) =>
  sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;

/** The condition where there is something to hold it against. */
const on = <T>(value: T | null, condition: (value: T) => RawBuilder<unknown>): RawBuilder<unknown>[] =>
  value === null ? [] : [condition(value)];

/**
 * Query of the units of publication, as the public may see them: what is withheld has neither value nor parts. Nothing
 * else is read of results, so that no group can hold what is not shown by itself.
 */
export const publicUnits = (
  { networks, indicators, period, from, to, territory }: ResultFilter,
  wholeYears: boolean,
): RawBuilder<unknown> => sql`
  select ${COLUMNS} from indicators.published_result r
   where ${allOf([
     sql`r.is_unit`,
     ...on(networks, (ids) => sql`r.network_id = any(${ids}::text[])`),
     ...on(indicators, (ids) => sql`r.indicator_id = any(${ids}::text[])`),
     ...on(period, ({ grain, start }) => sql`r.period_start = ${start}::date and r.period_grain = ${grain}`),
     ...on(from, ({ start }) => sql`r.period_start >= ${start}::date`),
     ...on(to, ({ end }) => sql`r.period_end <= ${end}::date`),
     ...on(wholeYears || null, () => sql`r.period_grain = 'YEAR'`),
     // The few units of a commune are found by themselves.
     ...on(territory, (id) => (isWide(id) ? sql`true` : sql`r.subject_id = any(array(${unitsOf(id)}))`)),
   ])}`;

/** Joins `y.leaf` to the place `x` of a unit (see `placesOf`), and what `SETTING` needs. */
export const joinSetting = sql`
  -- Whole régions are neither rural nor urban.
  cross join lateral (select case when x.level <= 2 then nullif(x.leaf, '?') end) y (leaf)
  left join ${ABOVE} on setting_of.leaf = y.leaf`;

/** The setting of a unit, beside `joinSetting`. */
export const SETTING: RawBuilder<string> = sql`coalesce(setting_of.setting, y.leaf)`;

/** Where the unit `p` stands: the other conditions of a filter. The figures of a territory are made of these units. */
export const standsThere = ({
  territory,
  setting,
  density,
}: Pick<ResultFilter, 'territory' | 'setting' | 'density'>): RawBuilder<SqlBool> =>
  allOf([
    sql`true`,
    ...on(territory, (id) => (isWide(id) ? sql`${id} in (p.region_id, p.departement_id)` : sql`true`)),
    ...on(setting, (value) => sql`p.setting = ${value}`),
    ...on(density, (value) => sql`p.leaf = ${value}`),
  ]);

/** Whether it is a territory that figures are made of. */
export const isWide = (territory: string): boolean => /^(REG|DEP)-/.test(territory);

/** A commune has its sites, those of its arrondissements too, and the structures that answer for no more than a site. */
const unitsOf = (commune: string): RawBuilder<unknown> => sql`
  select s.id from directory.site s where ${inCommune(sql.ref('s.commune_id'), commune)}
  union all
  select s.id from directory.structure s where ${inCommune(sql.ref('s.commune_id'), commune)} and s.level = 'SITE'`;
