import { type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { listLoader, rowLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { Paging } from '../../../kernel/write/trail.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import {
  type ModeratedRow,
  moderatedById,
  moderatedConcerns,
  moderatedProcedures,
  moderatedTags,
  type QueueFilter,
  queueLength,
  queueRows,
} from './moderated.query.ts';

/** What the moderation reads, each kind batched within a request; row-level security decides what there is. */
export function moderationReader(agent: Agent<TestimoniesDatabase>) {
  const self = (id: string) => id;
  const byTestimony = (row: { testimony_id: string }) => row.testimony_id;
  return {
    testimony: rowLoader(
      (ids: readonly string[]) => moderatedById(agent, ids),
      self,
      (row) => row.id,
    ),
    concerns: listLoader((ids: readonly string[]) => moderatedConcerns(agent, ids), self, byTestimony),
    procedures: listLoader((ids: readonly string[]) => moderatedProcedures(agent, ids), self, byTestimony),
    tags: listLoader((ids: readonly string[]) => moderatedTags(agent, ids), self, byTestimony),
    queue: (filter: QueueFilter, paging: Paging) => queuePage(agent, filter, paging),
  };
}

async function queuePage(
  agent: Agent<TestimoniesDatabase>,
  filter: QueueFilter,
  { first, after }: Paging,
): Promise<Page<ModeratedRow>> {
  const list = JSON.stringify(['moderationQueue', filter]);
  const size = pageSize(first);
  const rows = await queueRows(agent, filter, size + 1, laterThan(decodeCursor(list, after)));
  const cursorOf = ({ submitted_at, id }: ModeratedRow) =>
    encodeCursor(list, [submitted_at.toISOString(), id]);
  return toPage(rows, size, after, cursorOf, () => queueLength(agent, filter));
}

/** A cursor is sealed against mistakes, not against forgery. */
function laterThan(key: readonly (string | null)[] | null): RawBuilder<SqlBool> {
  if (key === null) return sql`true`;
  const [at, id] = key;
  const isKey =
    typeof at === 'string' &&
    typeof id === 'string' &&
    /^(?!0000)\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(at) &&
    !Number.isNaN(Date.parse(at));
  if (!isKey) throw foreignCursor();
  return sql`(t.submitted_at, t.id) > (${new Date(at).toISOString()}::timestamptz, ${id})`;
}
