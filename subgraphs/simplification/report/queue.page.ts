import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { isDayAndId } from '../../../kernel/graphql/lists.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { ReportFilter } from './filter.ts';
import { countQueued, queuedReports } from './queue.query.ts';
import type { WorkRow } from './work.query.ts';

/** What the queue is asked with. */
interface QueueArguments {
  filter: ReportFilter;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/**
 * A page of the reports that the viewer may see, published or not, oldest first: those that wait for their
 * examination, unless the filter names states.
 *
 * @throws HubError BAD_USER_INPUT for `first` or `after`
 */
export async function queueOf(
  agent: Agent<SimplificationDatabase>,
  { filter: wanted, first, after }: QueueArguments,
): Promise<Page<WorkRow>> {
  const filter: ReportFilter = { ...wanted, status: wanted.status ?? ['RECEIVED'] };
  const list = JSON.stringify(['reportsToTriage', filter]);
  const size = pageSize(first);
  const key = decodeCursor(list, after);
  if (key !== null && !isDayAndId(key)) throw foreignCursor();
  const rows = await queuedReports(agent, { filter, size: size + 1, after: key });
  const cursorOf = ({ received_on, id }: WorkRow) => encodeCursor(list, [received_on, id]);
  return toPage(rows, size, after, cursorOf, () => countQueued(agent, filter));
}
