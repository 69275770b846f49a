import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { selectionOf, whereSelected } from '../testimony/selection.query.ts';
import { frenchLabels, grouping } from './dimension.query.ts';
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
  const { columns, joins, values, labels, order } = grouping(groupBy);
  const expected = sql<number>`count(c.testimony_id)`;
  const percentile = (rank: string) =>
    sql<
      string | null
    >`round((percentile_cont(${sql.lit(rank)}) within group (order by r.first_answered_on - t.written_on))::numeric, 1)`;
  const found = await forEachParent(parents, (parent) => {
    const selection = selectionOf(kind, parent, filter);
    const { concern } = selection;
    const grouped = columns.length > 0;
    return sql<Omit<DelayRow, 'labels'> & { labels: (string | null)[] }>`
      select ${values} as "values", ${labels} as labels,
             ${expected}::int as expected, count(r.first_answered_on)::int as answered,
             ${percentile('0.5')} as median_days, ${percentile('0.9')} as p90_days,
             round(count(r.first_answered_on)::numeric / nullif(${expected}, 0), 4) as answered_share,
             case when count(duty.days) > 0 then (count(*) filter (
               where coalesce(r.first_answered_on, current_date) - t.written_on > duty.days))::int end as overdue
        from testimonies.published_testimony t
        join testimonies.published_concern c
          on c.testimony_id = t.id and c.status <> 'TRANSFERRED' and ${concern ?? sql`true`}
        left join testimonies.published_reply r on r.testimony_id = c.testimony_id and r.position = c.position
        left join testimonies.reply_duty duty on duty.network_id = c.network_id
        ${grouped ? joins : sql``}
       where ${whereSelected(selection)}
       ${grouped ? sql`group by ${sql.join(columns)} order by ${order(expected)} limit ${MAX_GROUPS + 1}` : sql``}`;
  }).execute(db);
  return found.rows.map((row) => ({ ...row, labels: frenchLabels(groupBy, row.values, row.labels) }));
}
