import { type QueryExecutorProvider, sql } from 'kysely';
import { reaches, type Viewer } from '../viewer.ts';
import { nextEntryId } from './entry-id.ts';

/**
 * One thing that a command did. Ids, states and figures: never a secret, never who a person is, never what a user
 * wrote, for the audit outlives what is erased.
 */
export interface AuditRow {
  /** Whose it is; null for what belongs to no network. */
  networkId: string | null;
  /** What was done, upper case: `COMMITMENT_WORDED`. */
  action: string;
  /** Id of what was written. */
  objectId: string;
  /** The object as it was, null when it is new. Decimals as strings. */
  before: object | null;
  /** The object as it is, null when it is gone. */
  after: object | null;
  /** Why, in the words of who did it. */
  reason?: string | null;
}

/** Adds a row to the audit, in the transaction of what it tells. */
export type Audit = (row: AuditRow) => Promise<void>;

/** The audit of one command; `open` is one that anybody with a key may send, about whatever network. */
export function auditOf(
  trx: QueryExecutorProvider,
  { viewer, requestId, open }: { viewer: Viewer; requestId: string | undefined; open: boolean },
): Audit {
  return async ({ networkId, action, objectId, before, after, reason = null }) => {
    // A command checks it first (`permitted`); one that wrote elsewhere must not be kept.
    if (!open && networkId !== null && !reaches(viewer, networkId)) {
      throw new Error(`${action} on ${networkId}, which ${viewer.subject} does not reach.`);
    }
    await sql`
      insert into audit (id, subject, role, network_id, action, object_id, before, after, reason, request_id)
      values (${nextEntryId()}, ${viewer.subject}, ${viewer.role}, ${networkId}, ${action}, ${objectId}, ${json(before)}::jsonb,
        ${json(after)}::jsonb, ${reason}, ${requestId ?? null})`.execute(trx);
  };
}

const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
