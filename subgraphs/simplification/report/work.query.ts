import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { ReportRow, SimplificationDatabase } from '../tables.ts';

/** A report as those who work on it see it, published or not. */
export interface WorkRow extends ReportRow {
  version: number;
  published: boolean;
  decline_reason: string | null;
}

/** Columns of `WorkRow`, of a report `r`. */
export const WORK_COLUMNS = sql.raw(
  'r.network_id, r.id, r.document_id, r.structure_id, r.site_id, r.kind, r.reported_by, r.problems, r.status, ' +
    'r.received_on, r.triaged_on, r.rewritten_on, r.tested_on, r.disseminated_on, r.declined_on, r.version, ' +
    'r.published, r.decline_reason',
);

/** The reports among `ids` that the viewer may see, in any order. */
export async function workRows(
  agent: Agent<SimplificationDatabase>,
  ids: readonly string[],
): Promise<WorkRow[]> {
  const { rows } = await agent((trx) =>
    sql<WorkRow>`select ${WORK_COLUMNS} from simplification.report r where r.id = any(${[...ids]}::text[])`.execute(
      trx,
    ),
  );
  return rows;
}

/** A report that no other command can change now, and what day it is in Paris. */
export interface LockedReport extends WorkRow {
  today: string;
}

/** Locks a report of a network, null when it is gone. */
export async function lockedReport(
  trx: QueryExecutorProvider,
  network: string,
  id: string,
): Promise<LockedReport | null> {
  const { rows } = await sql<LockedReport>`
    select ${WORK_COLUMNS}, ${TODAY} as today from simplification.report r
     where r.network_id = ${network} and r.id = ${id} for update`.execute(trx);
  return rows[0] ?? null;
}

/** What has happened by now has happened today at the latest, where the services are. */
export const TODAY: RawBuilder<string> = sql<string>`(now() at time zone 'Europe/Paris')::date`;
