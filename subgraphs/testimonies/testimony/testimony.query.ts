import { type Kysely, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { TestimoniesDatabase, TestimonyRow } from '../tables.ts';
import type { TestimonyFilter } from './filter.ts';
import { isSelected, selectionOf } from './selection.query.ts';

type Db = Kysely<TestimoniesDatabase>;

const COLUMNS = sql.join(
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
  const later = after ? sql`(t.published_on, t.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const found = await forEachParent(
    parents,
    (parent) => sql<TestimonyRow>`
      select ${COLUMNS} from testimonies.published_testimony t
       where ${isSelected(selectionOf(kind, parent, filter))} and ${later}
       order by t.published_on desc, t.id desc limit ${size}`,
  ).execute(db);
  return found.rows;
}

/** How many testimonies each subject has. */
export async function countTestimonies(
  db: Db,
  { kind, filter }: Pick<ListArguments<SubjectKind, TestimonyFilter>, 'kind' | 'filter'>,
  parents: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const found = await forEachParent(
    parents,
    (parent) => sql<{ count: number }>`
      select count(*)::int as count from testimonies.published_testimony t
       where ${isSelected(selectionOf(kind, parent, filter))}`,
  ).execute(db);
  return found.rows;
}
