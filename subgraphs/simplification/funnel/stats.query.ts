import { type Kysely, type RawBuilder, sql } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import type { ReportFilter } from '../report/filter.ts';
import { isSelected } from '../report/selection.query.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { delays, percentile } from './delays.query.ts';
import { MAX_GROUPS, type StatDimension, type StatRow } from './stats.ts';

/** Rows (value, label) of a dimension for a report `r`, without repetition. */
const ROWS: Record<StatDimension, RawBuilder<unknown>> = {
  KIND: sql`select r.kind, null`,
  PROBLEM: sql`select distinct problem, null from unnest(r.problems) as problem`,
  STATUS: sql`select r.status, null`,
  MONTH: sql`select to_char(r.received_on, 'YYYY-MM'), to_char(r.received_on, 'YYYY-MM')`,
  NETWORK: sql`
    select r.network_id, coalesce((select n.name from directory.network n where n.id = r.network_id), r.network_id)`,
};

/**
 * How the published reports spread over groups, months in their order, else the most frequent first. A report with
 * several problems counts in several groups and once in the whole.
 *
 * @throws HubError BAD_USER_INPUT for more than `MAX_GROUPS` groups
 */
export async function simplificationStats(
  db: Kysely<SimplificationDatabase>,
  filter: ReportFilter,
  groupBy: readonly StatDimension[],
): Promise<StatRow[]> {
  const values = groupBy.map((_, index) => sql.ref(`d${index + 1}.value`));
  const joins = groupBy.map(
    (dimension, index) =>
      sql`left join lateral (${ROWS[dimension]}) as ${sql.id(`d${index + 1}`)}(value, label) on true`,
  );
  const labels = groupBy.map((_, index) => sql`min(${sql.ref(`d${index + 1}.label`)})`);
  const months = values.filter((_, index) => groupBy[index] === 'MONTH');
  const others = values.filter((value) => !months.includes(value));
  const { rows } = await sql<StatRow>`
    with selected as materialized (
      select r.* from simplification.published_report r where ${isSelected('EVERYTHING', sql`''`, filter)})
    select array[${sql.join(values)}]::text[] as "values", array[${sql.join(labels)}]::text[] as labels,
           count(*)::int as count, count(r.disseminated_on)::int as disseminated,
           round(count(*)::numeric / (select count(*) from selected), 4) as share,
           ${percentile(0.5, sql`r.disseminated_on - r.received_on`)} as median_days,
           ${percentile(0.9, sql`r.disseminated_on - r.received_on`)} as p90_days, ${delays} as delays
      from selected r ${sql.join(joins, sql` `)}
     group by ${sql.join(values)}
     order by ${sql.join([...months, sql`count(*) desc`, ...others])} limit ${MAX_GROUPS + 1}`.execute(db);
  if (rows.length > MAX_GROUPS) {
    throw badInput(`More than ${MAX_GROUPS} groups: narrow the filter or group by something coarser.`);
  }
  return rows;
}
