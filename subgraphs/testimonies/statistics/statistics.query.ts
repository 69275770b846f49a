import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { selectionOf } from '../testimony/selection.query.ts';
import { countedBy, frenchLabels, inOrder, told } from './dimension.query.ts';
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
  // A share of its own dimension alone would always be 1.
  const within = shareOf === 'FIRST_DIMENSION' && groupBy.length === 2 ? groupBy.slice(0, 1) : [];
  const { values, labels } = told(groupBy);
  const found = await forEachParent(parents, (parent) => {
    const selection = selectionOf(kind, parent, filter);
    return sql<{ values: (string | null)[]; labels: (string | null)[]; count: number; share: string }>`
      select ${values} as "values", ${labels} as labels, g.count,
             round(g.count::numeric / nullif(g.whole, 0), 4) as share
        from (select g.*, whole.count as whole
                from (${countedBy(groupBy, selection)}) g
                join (${countedBy(within, selection)}) whole
                  on ${within.length > 0 ? sql`whole.d1 is not distinct from g.d1` : sql`true`}
               order by ${inOrder(groupBy, sql`g.count`)} limit ${MAX_GROUPS + 1}) g
       order by ${inOrder(groupBy, sql`g.count`)}`;
  }).execute(db);
  return found.rows.map((row) => ({ ...row, labels: frenchLabels(groupBy, row.values, row.labels) }));
}
