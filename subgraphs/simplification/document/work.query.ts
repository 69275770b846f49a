import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
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
const DOCUMENT_COLUMNS: RawBuilder<unknown> = sql`d.network_id, d.id, d.title, d.kind, d.reference, d.url, d.version,
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

const unpublished = (network: string) =>
  sql`simplification.document d where d.network_id = ${network} and not d.published`;

/** Documents of a network that are not in the public register, by id, after the id `after`. */
export async function unpublishedRows(
  agent: Agent<SimplificationDatabase>,
  { network, size, after }: { network: string; size: number; after: string | null },
): Promise<DocumentWork[]> {
  const { rows } = await agent((trx) =>
    sql<DocumentWork>`
      select ${DOCUMENT_COLUMNS} from ${unpublished(network)} and (${after}::text is null or d.id > ${after}::text)
       order by d.id limit ${size}`.execute(trx),
  );
  return rows;
}

/** How many these are. */
export async function countUnpublished(
  agent: Agent<SimplificationDatabase>,
  network: string,
): Promise<number> {
  const { rows } = await agent((trx) =>
    sql<{ count: number }>`select count(*)::int as count from ${unpublished(network)}`.execute(trx),
  );
  return rows[0]?.count ?? 0;
}
