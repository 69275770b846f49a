import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase, TestimonyRow } from '../tables.ts';
import type { TestimonyFilter } from './filter.ts';
import { type Selection, selectionOf } from './selection.query.ts';

type Db = Kysely<TestimoniesDatabase>;

/** The columns of a published testimony, alias `t`. */
export const COLUMNS = sql.join(
  [
    'id',
    'title',
    'body',
    'pseudonym',
    'posted_as',
    'feeling',
    'written_on',
    'published_on',
    'user_departement_id',
    'user_region_id',
    'similar_experiences',
    'action_engaged',
    'action_engaged_on',
    'answered',
  ].map((column) => sql.ref(`t.${column}`)),
);

/** The published testimonies among `ids`, in any order. */
export async function testimoniesById(db: Db, ids: readonly string[]): Promise<TestimonyRow[]> {
  const found = await sql<TestimonyRow>`
    select ${COLUMNS} from testimonies.published_testimony t where t.id = any(${[...ids]}::text[])`.execute(
    db,
  );
  return found.rows;
}

/** One page of the testimonies of each subject, latest published first. */
export async function latestTestimonies(
  db: Db,
  { kind, filter, size, after }: ListArguments<SubjectKind, TestimonyFilter>,
  parents: readonly string[],
): Promise<(TestimonyRow & { parent: string })[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<TestimonyRow>`
      select ${COLUMNS}
        from (${latestOf(selectionOf(kind, parent, filter), size, after)}) as latest
        join testimonies.published_testimony t on t.id = latest.testimony_id
       order by latest.published_on desc, latest.testimony_id desc`,
  ).execute(db);
  return found.rows;
}

/** Most structures that one testimony concerns, transfers included: the check of `concern.position`. */
const MOST_ROWS = 12;

/** The keys of the latest `size` testimonies selected after a key. */
function latestOf(selection: Selection, size: number, after: (string | null)[] | null): RawBuilder<unknown> {
  const { condition, aboutStructures, searched } = selection;
  const later = after ? sql`(e.published_on, e.testimony_id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  // The rows of a search are sorted, whatever the planner thinks of how frequent its words are: a walk from the
  // latest row on would go through all of them when it is wrong. An index gives no order by a day plus nothing.
  const day = searched ? sql`e.published_on + 0` : sql`e.published_on`;
  const rows = (distinct: boolean, most: number) => sql`
    select ${distinct ? sql`distinct` : sql``} ${day} as published_on, e.testimony_id
      from testimonies.published_entry e where ${condition} and ${later} ${aboutStructures ? sql`` : sql`and e.is_first`}
     order by ${day} desc, e.testimony_id desc limit ${most}`;
  if (!aboutStructures) return rows(false, size);
  if (!searched) return rows(true, size);
  // Sorting only the best is far cheaper than telling all of them apart.
  return sql`
    select distinct n.published_on, n.testimony_id from (${rows(false, size * MOST_ROWS)}) n
     order by n.published_on desc, n.testimony_id desc limit ${size}`;
}

/** How many testimonies each subject has. */
export async function countTestimonies(
  db: Db,
  { kind, filter }: Pick<ListArguments<SubjectKind, TestimonyFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(parents, (parent) => {
    const { condition, aboutStructures } = selectionOf(kind, parent, filter);
    return aboutStructures
      ? sql<{ count: number }>`
          select count(distinct e.number)::int as count from testimonies.published_entry e where ${condition}`
      : sql<{ count: number }>`
          select count(*)::int as count from testimonies.published_entry e where ${condition} and e.is_first`;
  }).execute(db);
  return found.rows;
}
