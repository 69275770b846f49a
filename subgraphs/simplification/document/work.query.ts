import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { DocumentRow, SimplificationDatabase } from '../tables.ts';
import type { documentWorkflow } from './document.workflow.ts';

export type DocumentState = keyof typeof documentWorkflow.states;

/** A document as those who keep the register see it. */
export interface DocumentWork extends DocumentRow {
  version: number;
  state: DocumentState;
}

/** Columns of `DocumentWork`, of a document `d`. */
export const DOCUMENT_COLUMNS: RawBuilder<unknown> = sql`d.network_id, d.id, d.title, d.kind, d.reference, d.url, d.version,
  case when d.published then 'PUBLISHED' when d.withdrawn_on is not null then 'WITHDRAWN' else 'DRAFT' end as state`;

/** The documents among `ids` that the viewer may see as one who keeps the register. */
export async function documentWorks(
  agent: Agent<SimplificationDatabase>,
  ids: readonly string[],
): Promise<DocumentWork[]> {
  const { rows } = await agent((trx) =>
    sql<DocumentWork>`
      select ${DOCUMENT_COLUMNS} from simplification.document d where d.id = any(${[...ids]}::text[])`.execute(
      trx,
    ),
  );
  return rows;
}

/** Locks a document of a network, null when there is none. */
export async function lockedDocument(
  trx: QueryExecutorProvider,
  network: string,
  id: string,
): Promise<DocumentWork | null> {
  const { rows } = await sql<DocumentWork>`
    select ${DOCUMENT_COLUMNS} from simplification.document d
     where d.network_id = ${network} and d.id = ${id} for update`.execute(trx);
  return rows[0] ?? null;
}

/**
 * A page of the documents that are not in the public register, by id: drafts, and what was withdrawn.
 * @throws HubError BAD_USER_INPUT for `first` or `after`
 */
export async function unpublishedDocuments(
  agent: Agent<SimplificationDatabase>,
  {
    network,
    first,
    after,
  }: { network: string; first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<DocumentWork>> {
  const list = JSON.stringify(['unpublishedDocuments', network]);
  const size = pageSize(first);
  const key = decodeCursor(list, after);
  const last = key?.[0] ?? null;
  if (key !== null && (key.length !== 1 || last === null)) throw foreignCursor();
  const of = sql`simplification.document d where d.network_id = ${network} and not d.published`;
  const { rows } = await agent((trx) =>
    sql<DocumentWork>`
      select ${DOCUMENT_COLUMNS} from ${of} and (${last}::text is null or d.id > ${last}::text)
       order by d.id limit ${size + 1}`.execute(trx),
  );
  const count = async () => {
    const counted = await agent((trx) =>
      sql<{ count: number }>`select count(*)::int as count from ${of}`.execute(trx),
    );
    return counted.rows[0]?.count ?? 0;
  };
  return toPage(rows, size, after, ({ id }) => encodeCursor(list, [id]), count);
}
