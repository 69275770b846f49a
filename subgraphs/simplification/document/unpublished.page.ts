import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { countUnpublished, type DocumentWork, unpublishedRows } from './work.query.ts';

/**
 * A page of the documents that are not in the public register, by id: drafts, and what was withdrawn.
 * @throws HubError BAD_USER_INPUT for `first` or `after`
 */
export async function unpublishedDocuments(
  agent: Agent<SimplificationDatabase>,
  network: string,
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<DocumentWork>> {
  const list = JSON.stringify(['unpublishedDocuments', network]);
  const size = pageSize(first);
  const key = decodeCursor(list, after);
  const last = key?.[0] ?? null;
  if (key !== null && (key.length !== 1 || last === null)) throw foreignCursor();
  const rows = await unpublishedRows(agent, { network, size: size + 1, after: last });
  return toPage(
    rows,
    size,
    after,
    ({ id }) => encodeCursor(list, [id]),
    () => countUnpublished(agent, network),
  );
}
