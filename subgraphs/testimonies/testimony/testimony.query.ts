import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import { countedBy } from '../statistics/dimension.query.ts';
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

/** The latest rows that a search reads before it asks the index of words. */
const READ_FIRST = 300;

/** The keys of the latest `size` testimonies selected after a key. */
function latestOf(selection: Selection, size: number, after: (string | null)[] | null): RawBuilder<unknown> {
  const { condition, aboutStructures, searched } = selection;
  const first = aboutStructures ? sql`` : sql`and e.is_first`;
  const later = after ? sql`(e.published_on, e.testimony_id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const order = sql`order by published_on desc, testimony_id desc`;
  const distinct = aboutStructures ? sql`distinct` : sql``;
  if (!searched) {
    return sql`
      select ${distinct} e.published_on, e.testimony_id from testimonies.published_entry e
       where ${condition} ${first} and ${later} ${order} limit ${size}`;
  }
  // What is frequent is found among the latest rows; what is not there is rare enough to be fetched whole and sorted.
  // Neither depends on how frequent the planner thinks the words are: an index gives no order by a day plus nothing.
  const some = sql`limit ${aboutStructures ? size * MOST_ROWS : size}`;
  return sql`
    with recent as materialized (
      -- In the order of the latest rows, so that it ends with the last one wanted.
      select ${distinct} l.published_on, l.testimony_id
        from (select e.published_on, e.testimony_id from testimonies.published_entry e
               where e.is_first and ${later} ${order} limit ${READ_FIRST}) l
        join testimonies.published_entry e on e.testimony_id = l.testimony_id ${first}
       where ${condition} order by l.published_on desc, l.testimony_id desc limit ${size}
    ), enough as (select count(*) >= ${size}::int as are from recent)
    select published_on, testimony_id from recent where (select are from enough)
    union all
    select * from (
      select ${distinct} n.published_on, n.testimony_id
        from (select e.published_on + 0 as published_on, e.testimony_id from testimonies.published_entry e
               where ${condition} ${first} and ${later} order by e.published_on + 0 desc, e.testimony_id desc ${some}) n
       ${order} limit ${size}) n where not (select are from enough)`;
}

/** How many testimonies each subject has. */
export async function countTestimonies(
  db: Db,
  { kind, filter }: Pick<ListArguments<SubjectKind, TestimonyFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`${countedBy([], selectionOf(kind, parent, filter))}`,
  ).execute(db);
  return found.rows;
}
