import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { selectionOf } from '../testimony/selection.query.ts';
import { frenchLabels, inOrder, keyed, told } from './dimension.query.ts';
import { type DelayRow, type Dimension, MAX_GROUPS } from './dimension.ts';

export interface DelayArguments {
  kind: SubjectKind;
  filter: TestimonyFilter;
  groupBy: readonly Dimension[];
}

/** Days from the writing of a testimony to the first reply of each structure concerned, by group. */
export async function delaysOf(
  db: Kysely<TestimoniesDatabase>,
  { kind, filter, groupBy }: DelayArguments,
  parents: readonly string[],
): Promise<(DelayRow & { parent: string })[]> {
  const { values, labels } = told(groupBy);
  const percentile = (rank: string) =>
    sql<
      string | null
    >`round((percentile_cont(${sql.lit(rank)}) within group (order by e.first_answered_on - e.written_on))::numeric, 1)`;
  const found = await forEachParent(parents, (parent) => {
    const { keys, from } = keyed(groupBy, { ...selectionOf(kind, parent, filter), aboutStructures: true });
    const columns = keys.map((key, index) => sql`${key} as ${sql.id(`d${index + 1}`)},`);
    const group = keys.length > 0 ? sql`group by ${sql.join(keys)}` : sql``;
    const order = keys.length > 0 ? sql`order by ${inOrder(groupBy, sql`g.expected`)}` : sql``;
    return sql<Omit<DelayRow, 'labels'> & { labels: (string | null)[] }>`
      select ${values} as "values", ${labels} as labels, g.expected, g.answered, g.median_days, g.p90_days,
             round(g.answered::numeric / nullif(g.expected, 0), 4) as answered_share, g.overdue
        from (select ${sql.join(columns, sql` `)}
                     count(*)::int as expected, count(e.first_answered_on)::int as answered,
                     ${percentile('0.5')} as median_days, ${percentile('0.9')} as p90_days,
                     case when count(e.days) > 0 then (count(*) filter (
                       where coalesce(e.first_answered_on, current_date) - e.written_on > e.days))::int end as overdue
                from (select e.*, duty.days from testimonies.published_entry e
                        left join testimonies.reply_duty duty on duty.network_id = e.network_id
                       where e.position > 0 and e.status <> 'TRANSFERRED') e
                ${from} ${group}) g
       ${order} limit ${MAX_GROUPS + 1}`;
  }).execute(db);
  return found.rows.map((row) => ({ ...row, labels: frenchLabels(groupBy, row.values, row.labels) }));
}
