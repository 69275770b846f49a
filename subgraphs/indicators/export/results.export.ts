import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { boolean, id } from '../../../kernel/export/column.ts';
import { choiceFilter, choicesFilter, idFilter, idsFilter } from '../../../kernel/export/filter.ts';
import { allOf, defineExport, when } from '../../../kernel/export/set.ts';
import { belongsTo } from '../../../kernel/postgres/subject.ts';
import { DENSITIES, SETTINGS } from '../../../kernel/surroundings.ts';
import { placesOf } from '../rollup/place.ts';
import type { ResultFilter } from '../statistics/filter.ts';
import { joinSetting, SETTING, standsThere } from '../statistics/selection.query.ts';
import { measuredColumns, sourceColumns, valueColumns } from './parts.columns.ts';
import { inPeriod, labelSql, periodFilters } from './period.ts';
import { resultsOpenData } from './results.open-data.ts';
import { indicatorsState } from './state.ts';

/** What networks published of their sites, structures, territories and procedures: one row per result. */
export const resultsExport = defineExport({
  name: 'results',
  description: 'Published results, as networks gave them: one row per subject, indicator and period.',
  filters: {
    networks: idsFilter('Only these networks.'),
    indicators: idsFilter('Only these indicators.'),
    territory: idFilter('Only subjects in this territory: sites, structures, and the territory itself.'),
    subjects: choicesFilter('Only results of these:', ['SITE', 'STRUCTURE', 'TERRITORY', 'PROCEDURE']),
    ...periodFilters,
    setting: choiceFilter('Only subjects in this setting, up to départements:', SETTINGS),
    density: choiceFilter('Only subjects of this density, up to départements, none overseas:', DENSITIES),
  },
  networkFilter: 'networks',
  columns: [
    ...measuredColumns('r'),
    id(
      'subject_kind',
      'What it is about: `SITE`, `STRUCTURE`, `TERRITORY` or `PROCEDURE`.',
      sql.ref('r.subject_kind'),
    ),
    id('subject', 'The site, structure, territory or procedure.', sql.ref('r.subject_id')),
    boolean(
      'period_inferred',
      'The source gave a day and no period: it is deduced.',
      sql.ref('r.period_inferred'),
    ),
    ...valueColumns('r'),
    boolean('is_unit', 'Figures of territories are made of it.', sql.ref('r.is_unit')),
    ...sourceColumns('r'),
  ],
  openData: resultsOpenData,
  // The order of the index of current results.
  key: ['network', 'indicator', 'period_start', 'period_grain', 'definition_version', 'subject'],
  source: (given) => {
    const { networks, indicators, territory, subjects, setting, density } = given;
    return {
      from: sql`indicators.published_result r join indicators.import i on i.id = r.import_id`,
      where: [
        ...when(networks, (ids) => sql`r.network_id = any(${ids}::text[])`),
        ...when(indicators, (ids) => sql`r.indicator_id = any(${ids}::text[])`),
        ...when(subjects, (kinds) => sql`r.subject_kind = any(${kinds}::text[])`),
        ...when(territory, standsIn),
        ...when(setting ?? density, () => isSurrounded({ setting, density })),
        ...inPeriod('r', given),
      ],
      pieces: piecesOf(networks, indicators),
    };
  },
  partitions: {
    networks: sql`r.network_id`,
    period: labelSql('r'),
  },
  state: indicatorsState,
});

/** Places are few: those of a territory are found once. What answers for more than it stands in none, as in figures. */
const standsIn = (territory: string): RawBuilder<SqlBool> => sql`
  r.subject_id = any(array(
    select p.id from (
      select id, commune_id, departement_id, region_id from directory.site
      union all
      select id, case when level = 'SITE' then commune_id end,
             case when level in ('SITE', 'DEPARTEMENT') then departement_id end,
             case when level <> 'NATIONAL' then region_id end
        from directory.structure
      union all select id, id, departement_id, coalesce(region_id, id) from directory.territory) as p
     where ${belongsTo('TERRITORY', 'p', sql`${territory}::text`)}))`;

/**
 * Places in a setting, or of a density, are those of the groups of the graph. They are many: `is true` has them looked up
 * in a hash that is made once, in whatever order results come.
 */
const isSurrounded = (asked: Pick<ResultFilter, 'setting' | 'density'>): RawBuilder<SqlBool> => sql`
  (r.subject_id in (
    select p.id from (
      select x.id, y.leaf, ${SETTING} as setting from (${placesOf(SUBJECTS)}) x ${joinSetting}) p
     where ${standsThere({ territory: null, ...asked })})) is true`;

/** Whatever stands in a commune or in a département. */
const SUBJECTS = sql`
  select 'SITE' as kind, id from directory.site
  union all select 'STRUCTURE', id from directory.structure
  union all select 'TERRITORY', id from directory.territory where level = 'DEPARTEMENT'`;

/** Networks and their indicators, found by leaping along the index. */
function piecesOf(
  networks: readonly string[] | null,
  indicators: readonly string[] | null,
): RawBuilder<Record<string, string>> {
  const first = sql`select r.network_id, r.indicator_id from indicators.published_result r`;
  const order = sql`order by r.network_id, r.indicator_id limit 1`;
  const wanted = [
    ...when(networks, (ids) => sql<SqlBool>`leap.network_id = any(${ids}::text[])`),
    ...when(indicators, (ids) => sql<SqlBool>`leap.indicator_id = any(${ids}::text[])`),
  ];
  return sql`
    with recursive leap as (
      (${first} ${order})
      union all
      select next.* from leap cross join lateral (
        ${first} where (r.network_id, r.indicator_id) > (leap.network_id, leap.indicator_id) ${order}) as next
    )
    select leap.network_id, leap.indicator_id from leap where ${allOf(wanted)} order by 1, 2`;
}
