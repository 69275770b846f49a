import { badInput } from '../../../kernel/errors.ts';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import { type Optional, textOf } from '../input.ts';
import type { IndicatorsTables } from '../tables.ts';
import {
  countDrafts,
  type Draft,
  type DraftResult,
  draftOf,
  draftPage,
  draftResults,
} from './draft.query.ts';

interface Paging {
  first?: Optional<number>;
  after?: Optional<string>;
}

const FOREIGN = 'This cursor does not belong to this list.';

/** Drafts as the viewer may see them: row-level security decides, an unknown one and another's are nothing alike. */
export function draftReader(agent: Agent<IndicatorsTables>) {
  return {
    draft: (id: string) => draftOf(agent, textOf(id, 'id')),
    drafts: (network: string, paging: Paging) => draftsOf(agent, textOf(network, 'network'), paging),
    results: (draft: Draft, paging: Paging) => resultsIn(agent, draft, paging),
  };
}

async function draftsOf(
  agent: Agent<IndicatorsTables>,
  network: string,
  { first, after }: Paging,
): Promise<Page<Draft>> {
  const size = pageSize(first);
  const list = JSON.stringify(['drafts', network]);
  const key = decodeCursor(list, after);
  const [at, id] = key ?? [];
  const before = at && id ? { at: momentOf(at), id: textOf(id, 'after') } : null;
  if (key !== null && before === null) throw badInput(FOREIGN);
  const rows = await draftPage(agent, network, { before, limit: size + 1 });
  const cursorOf = (row: Draft) => encodeCursor(list, [row.created_at.toISOString(), row.id]);
  return toPage(rows, size, after, cursorOf, () => countDrafts(agent, network));
}

async function resultsIn(
  agent: Agent<IndicatorsTables>,
  draft: Draft,
  { first, after }: Paging,
): Promise<Page<DraftResult>> {
  const size = pageSize(first);
  const list = JSON.stringify(['draft', draft.id]);
  const rank = decodeCursor(list, after)?.[0] ?? '0';
  if (!/^\d{1,9}$/.test(rank)) throw badInput(FOREIGN);
  const rows = await agent((trx) => draftResults(trx, draft.id, { after: Number(rank), limit: size + 1 }));
  return toPage(rows, size, after, (row) => encodeCursor(list, [String(row.rank)]), draft.results);
}

function momentOf(text: string): string {
  const time = Date.parse(text);
  const moment = Number.isNaN(time) ? '' : new Date(time).toISOString();
  // What PostgreSQL reads: no year 0, none of six digits.
  if (!/^(?!0000)\d{4}-/.test(moment)) throw badInput(FOREIGN);
  return moment;
}
