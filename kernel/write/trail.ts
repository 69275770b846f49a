import { type RawBuilder, sql } from 'kysely';
import { badInput } from '../errors.ts';
import { decodeCursor, encodeCursor, type Page, pageSize, toPage } from '../graphql/connection.ts';
import type { Agent } from '../postgres/agent.ts';

/** A row of the audit as the graph shows it. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** The key or the person who did it: `key:…`, `person:…`. */
  actor: string;
  role: string;
  action: string;
  objectId: string;
  /** JSON text, so that decimals stay what they are; null where there is none. */
  before: string | null;
  after: string | null;
  reason: string | null;
  requestId: string | null;
}

/** `first` and `after`, as a connection receives them. */
export interface Paging {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/**
 * A page of what was written on a network in one subgraph, latest first. Read as an agent: row-level security gives
 * nothing of another network, whatever is asked.
 *
 * @param list name of the list, which its cursors are bound to
 * @throws BAD_USER_INPUT for `first` or `after`
 */
export async function auditPage<DB>(
  agent: Agent<DB>,
  list: string,
  networkId: string,
  { first, after }: Paging,
): Promise<Page<AuditEntry>> {
  const name = JSON.stringify(['audit', list, networkId]);
  const size = pageSize(first);
  const before = olderThan(decodeCursor(name, after));
  const { rows } = await agent((trx) =>
    sql<AuditEntry>`
      select id, at, subject as actor, role, action, object_id as "objectId", before::text, after::text, reason,
        request_id as "requestId"
      from audit where network_id = ${networkId} and ${before}
      order by at desc, id desc limit ${size + 1}`.execute(trx),
  );
  const count = async () => {
    const counted = await agent((trx) =>
      sql<{ count: number }>`
        select count(*)::int as count from audit where network_id = ${networkId}`.execute(trx),
    );
    return counted.rows[0]?.count ?? 0;
  };
  return toPage(rows, size, after, ({ at, id }) => encodeCursor(name, [at.toISOString(), id]), count);
}

/** A cursor is sealed against mistakes, not against forgery: what the database could not read is refused. */
function olderThan(key: readonly (string | null)[] | null): RawBuilder<unknown> {
  if (key === null) return sql`true`;
  const [at, id] = key;
  const isKey =
    typeof at === 'string' &&
    typeof id === 'string' &&
    /^(?!0000)\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(at) &&
    !Number.isNaN(Date.parse(at)) &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (!isKey) throw badInput('This cursor does not belong to this list.');
  return sql`(at, id) < (${new Date(at).toISOString()}::timestamptz, ${id}::uuid)`;
}
