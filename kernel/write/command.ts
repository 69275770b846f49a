import { type Kysely, sql, type Transaction } from 'kysely';
import { HubError } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { type Audit, auditOf } from './audit.ts';
import { claim, idempotencyKey, inputHash, remember, withinTheDay } from './idempotency.ts';
import { permitted, type Target } from './permitted.ts';
import { type Outcome, Refused } from './refused.ts';

/** A request to write, as a mutation received it. */
export interface Command {
  viewer: Viewer;
  /** The mutation: a key belongs to a subject and a command. */
  name: string;
  idempotencyKey: string;
  /** All that the command depends on; its own `idempotencyKey` is left out of the comparison. */
  input: Readonly<Record<string, unknown>>;
  requestId?: string | undefined;
}

/** Longest wait for what another writer holds, such as an import that is publishing. */
const LOCK_TIMEOUT_MS = 5000;

/** An answer is ids and numbers, from which the payload is read again. */
const LONGEST_ANSWER = 100_000;

/**
 * Runs a command once, inside its transaction (of the subgraph's owner): sent again with the same key, it gives the
 * first answer without running; sent twice at once, the second waits and gets the first's answer.
 *
 * @param work what it does; the audit rows that it adds are kept with it. Its answer is stored as JSON: ids and
 *   numbers from which the payload is read anew. When it throws, nothing is kept, not even the key.
 * @throws HubError UNAUTHENTICATED for anybody; BAD_USER_INPUT for a bad key, or one that came with another input;
 *   RATE_LIMITED when it is one that anybody with a key may send, and this subject has sent too many within a day
 */
export async function command<DB, T>(
  trx: Transaction<DB>,
  { viewer, name, idempotencyKey: key, input, requestId, scope }: Command & Target,
  work: (audit: Audit) => Promise<T>,
): Promise<T> {
  if (viewer.subject === null) throw new HubError('UNAUTHENTICATED', 'Writing needs a key or a token.');
  const mine = { subject: viewer.subject, command: name, key: idempotencyKey(key), hash: inputHash(input) };
  const before = await claim(trx, mine);
  if (before !== null) return before.answer as T;
  if (scope === null) await withinTheDay(trx, mine);
  const answer = JSON.stringify(await work(auditOf(trx, { viewer, requestId, open: scope === null })));
  if (answer.length > LONGEST_ANSWER) throw new Error(`The answer of ${name} is too long to be kept.`);
  await remember(trx, mine, answer);
  // As it will be given again.
  return JSON.parse(answer) as T;
}

/**
 * The way of every mutation: one transaction of the owner, in which the viewer's right to write to the network is
 * checked, then the command runs once.
 *
 * @param owner pool of the role `owner`
 * @returns what was done, or the mistakes that the work refused (see `refuse`)
 * @throws HubError as `permitted` and `command`; TIMEOUT when another writer holds what it needs for too long,
 *   CONFLICT when two commands stood in each other's way. Both may be sent again with the same key.
 */
export async function perform<DB, T>(
  owner: Kysely<DB>,
  request: Command & Target,
  work: (trx: Transaction<DB>, audit: Audit) => Promise<T>,
): Promise<Outcome<T>> {
  try {
    const done = await owner.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true)`.execute(trx);
      await permitted(trx, request.viewer, request);
      return command(trx, request, (audit) => work(trx, audit));
    });
    return { done, userErrors: [] };
  } catch (error) {
    if (error instanceof Refused) return { done: null, userErrors: error.userErrors };
    throw contention(error) ?? error;
  }
}

const AGAIN = 'send the same request again, with the same "idempotencyKey"';

/** What PostgreSQL says when writers meet, for the one who has to wait. */
function contention(error: unknown): HubError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === '55P03') return new HubError('TIMEOUT', `An import or another command is writing: ${AGAIN}.`);
  if (code === '40P01' || code === '40001') {
    return new HubError('CONFLICT', `Another command stood in the way of this one: ${AGAIN}.`);
  }
  return null;
}
