import { type RawBuilder, sql } from 'kysely';
import type { GroupsArguments } from './groups.query.ts';
import { isWide } from './selection.query.ts';

/** What stored figures say of the coverage of a group `g`: how to join them as `k`. */
type CoverageJoin = RawBuilder<unknown>;

const UNKNOWN: CoverageJoin = sql`left join (values (null::integer, null::integer)) k (publishing, expected) on false`;

/**
 * Joins the coverage `k` of groups: what the figure of the same network, indicator, definition, period and place has.
 * It is a count of units, that is told of withheld figures too. There is none of a commune, nor of two cuts at once.
 */
export function joinCoverage({ filter, groupBy }: GroupsArguments): CoverageJoin {
  const { territory } = filter;
  if (territory !== null && !isWide(territory)) return UNKNOWN;
  const setting = settingOf({ filter, groupBy });
  const byPlace = groupBy.includes('DEPARTEMENT') || groupBy.includes('REGION') || territory !== null;
  if (setting !== null) {
    return byPlace || groupBy.includes('TYPOLOGY')
      ? UNKNOWN
      : sql`left join indicators.setting_figure k on ${SAME_GROUP} and k.place = ${setting}`;
  }
  const typology = groupBy.includes('TYPOLOGY') ? sql`g.typology_id` : sql`''`;
  return sql`left join indicators.figure k on ${SAME_GROUP} and k.typology_id = ${typology}
    and k.territory_id = ${territoryOf({ filter, groupBy })}`;
}

const SAME_GROUP = sql`k.network_id = g.network_id and k.indicator_id = g.indicator_id
  and k.period_start = g.period_start and k.period_grain = g.period_grain
  and k.definition_version = g.definition_version`;

/** The smallest territory that holds the group and nothing else. */
function territoryOf({ filter: { territory }, groupBy }: GroupsArguments): RawBuilder<unknown> {
  if (groupBy.includes('DEPARTEMENT')) return sql`g.departement_id`;
  if (groupBy.includes('REGION') && !territory?.startsWith('DEP-')) return sql`g.region_id`;
  return sql`${territory ?? 'FR'}`;
}

/** The setting or density of the group; null where it is cut by neither. */
function settingOf({ filter: { setting, density }, groupBy }: GroupsArguments): RawBuilder<unknown> | null {
  if (groupBy.includes('DENSITY')) return sql`g.leaf`;
  if (density !== null) return sql`${density}`;
  if (groupBy.includes('SETTING')) return sql`g.setting`;
  return setting === null ? null : sql`${setting}`;
}
