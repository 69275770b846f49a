import { type Kysely, sql } from 'kysely';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import { countedBy, frenchLabels, inOrder, told } from '../statistics/dimension.query.ts';
import type { Dimension } from '../statistics/dimension.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { selectionOf } from '../testimony/selection.query.ts';
import { selectedValues, withoutOwn } from './own-condition.ts';

export interface FacetArguments {
  kind: SubjectKind;
  filter: TestimonyFilter;
  dimensions: readonly Dimension[];
  /** Values of each dimension at most, those that the filter asks for apart. */
  most: number;
}

/** A value of a facet. */
export interface FacetRow {
  dimension: Dimension;
  /** Null where nobody said it. */
  value: string | null;
  label: string;
  count: number;
  selected: boolean;
  /** How many more values the dimension has that are not among the rows. */
  others: number;
}

type Counted = Omit<FacetRow, 'label'> & { label: string | null };

/**
 * The most frequent values of several dimensions for each subject, in one statement: each dimension counted under the
 * filter without what it says of that dimension. Dimensions come in the order asked, values in theirs.
 */
export async function facetsOf(
  db: Kysely<TestimoniesDatabase>,
  { kind, filter, dimensions, most }: FacetArguments,
  parents: readonly string[],
): Promise<(FacetRow & { parent: string })[]> {
  const found = await forEachParent(parents, (parent) => {
    const facets = dimensions.map((dimension, at) => {
      const { values, labels } = told([dimension]);
      const selection = selectionOf(kind, parent, withoutOwn(filter, dimension));
      const chosen = selectedValues(filter, dimension);
      return sql`
        select ${sql.lit(at)} as at, ${sql.lit(dimension)}::text as dimension, f.value, f.label, f.count, f.selected,
               (f.many - count(*) over ())::int as others, f.rank
          from (select (${values})[1] as value, (${labels})[1] as label, g.count, g.selected, g.many, g.rank
                  from (select g.*, count(*) over () as many,
                               row_number() over (order by ${inOrder(['FEELING'], sql`g.count`)}) as rank,
                               coalesce((g.d1)::text = any(${chosen}::text[]), false) as selected
                          from (${countedBy([dimension], selection)}) g) g
                 where g.rank <= ${most} or g.selected) f`;
    });
    return sql<Counted & { at: number; rank: number }>`
      select * from (${sql.join(facets, sql` union all `)}) facet order by at, rank`;
  }).execute(db);
  return found.rows.map(({ parent, dimension, value, label, count, selected, others }) => ({
    parent,
    dimension,
    value,
    label: frenchLabels([dimension], [value], [label])[0] ?? '',
    count,
    selected,
    others,
  }));
}
