import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { selectionOf, whereSelected } from '../testimony/selection.query.ts';
import { frenchLabels, grouping } from './dimension.query.ts';
import { type Dimension, MAX_GROUPS, type TestimonyGroupRow } from './dimension.ts';

export interface StatisticsArguments {
  kind: SubjectKind;
  filter: TestimonyFilter;
  groupBy: readonly Dimension[];
  /** What a share is a share of. */
  shareOf: 'SELECTION' | 'FIRST_DIMENSION';
}

/**
 * How many testimonies of each subject fall in each group. A testimony with several tags counts in several groups
 * but once in the whole, so that shares of the selection may add up to more than 1.
 *
 * @returns one group more than `MAX_GROUPS` for a subject that has too many.
 */
export async function statisticsOf(
  db: Kysely<TestimoniesDatabase>,
  { kind, filter, groupBy, shareOf }: StatisticsArguments,
  parents: readonly string[],
): Promise<(TestimonyGroupRow & { parent: string })[]> {
  const { columns, joins, values, labels, order } = grouping(groupBy);
  const found = await forEachParent(parents, (parent) => {
    const selection = selectionOf(kind, parent, filter);
    const { concern } = selection;
    const [first] = columns;
    // A share of its own dimension alone would always be 1.
    const within = shareOf === 'FIRST_DIMENSION' && columns.length === 2;
    const whole = within ? sql`partition by ${first}` : sql``;
    // One pass: the groups, and what each of them is a share of.
    const sets = sql.join([sql`(${sql.join(columns)})`, within ? sql`(${first})` : sql`()`]);
    return sql<{ values: (string | null)[]; labels: (string | null)[]; count: number; share: string }>`
      select counted."values", counted.labels, counted.count, counted.share from (
        select ${values} as "values", ${labels} as labels, count(distinct t.id)::int as count,
               -- The row of the whole is there even when nothing was selected.
               round(count(distinct t.id)::numeric
                 / nullif(max(count(distinct t.id)) over (${whole}), 0), 4) as share,
               grouping(${sql.join(columns)}) as level,
               row_number() over (partition by grouping(${sql.join(columns)}) order by ${order(sql`count(distinct t.id)`)}) as rank
          from testimonies.published_testimony t
          ${concern === null ? sql`left join` : sql`join`} testimonies.published_concern c
            on c.testimony_id = t.id and ${concern ?? sql`true`}
          ${joins}
         where ${whereSelected(selection)}
         group by grouping sets (${sets})) as counted
       where counted.level = 0 order by counted.rank limit ${MAX_GROUPS + 1}`;
  }).execute(db);
  return found.rows.map((row) => ({ ...row, labels: frenchLabels(groupBy, row.values, row.labels) }));
}
