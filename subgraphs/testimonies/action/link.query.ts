import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { ListArguments } from '../../../kernel/graphql/lists.ts';
import { forEachParent } from '../../../kernel/postgres/subject.ts';
import type { LinkKind } from '../reply/tables.ts';
import type { TestimoniesDatabase, TestimonyRow } from '../tables.ts';
import { COLUMNS } from '../testimony/testimony.query.ts';

type Db = Kysely<TestimoniesDatabase>;
type Arguments = ListArguments<LinkKind, object>;

/** What these testimonies led to. */
export function linksOf(
  db: Db,
  testimonies: readonly string[],
): Promise<{ testimony_id: string; kind: LinkKind; target_id: string }[]> {
  return db
    .selectFrom('testimonies.published_link')
    .select(['testimony_id', 'kind', 'target_id'])
    .where(sql<boolean>`testimony_id = any(${[...testimonies]}::text[])`)
    .orderBy('target_id')
    .execute();
}

// Begins with the few that are linked.
const linkedTo = (target: ReturnType<typeof sql>) =>
  sql`t.id = any(array(select l.testimony_id from testimonies.published_link l where l.target_id = ${target}))`;

/** One page of the testimonies behind each plan or impact, latest published first. */
export async function linkedTestimonies(
  db: Db,
  { size, after }: Arguments,
  targets: readonly string[],
): Promise<(TestimonyRow & { parent: string })[]> {
  const later = after ? sql`(t.published_on, t.id) < (${after[0]}::date, ${after[1]})` : sql`true`;
  const { rows } = await forEachParent(
    targets,
    (target) => sql<TestimonyRow>`
      select ${COLUMNS} from testimonies.published_testimony t
       where ${linkedTo(target)} and ${later} order by t.published_on desc, t.id desc limit ${size}`,
  ).execute(db);
  return rows;
}

/** How many testimonies are behind each plan or impact. */
export async function countLinked(
  db: Db,
  targets: readonly string[],
): Promise<{ parent: string; count: number }[]> {
  const { rows } = await forEachParent(
    targets,
    (target) => sql<{ count: number }>`
      select count(*)::int as count from testimonies.published_testimony t where ${linkedTo(target)}`,
  ).execute(db);
  return rows;
}

/** Says what a testimony led to, or that it did not; whether that changed anything. */
export async function saveLink(
  trx: QueryExecutorProvider,
  testimony: string,
  { target, linked }: { target: string; linked: boolean },
): Promise<boolean> {
  const { rows } = linked
    ? await sql`
        insert into testimonies.testimony_link (testimony_id, target_id) values (${testimony}, ${target})
        on conflict do nothing returning target_id`.execute(trx)
    : await sql`
        delete from testimonies.testimony_link
         where testimony_id = ${testimony} and target_id = ${target} returning target_id`.execute(trx);
  return rows.length > 0;
}
