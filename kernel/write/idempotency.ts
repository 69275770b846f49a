import { createHash } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { badInput, HubError } from '../errors.ts';

/** Answers are given again for so long; then the same key would run the command anew. */
export const KEPT_DAYS = 7;

/** Old answers removed by each command: more than it adds, few enough to cost nothing. */
const PURGED_AT_ONCE = 20;

/** Keys are the caller's: a UUID, or whatever names its request. */
const KEY = /^[\x21-\x7e]{8,128}$/;

/** What names one request of one caller. */
export interface Claim {
  subject: string;
  command: string;
  key: string;
  /** See `inputHash`. */
  hash: string;
}

/** The key of a request. @throws BAD_USER_INPUT when it is too short to be unique, too long, or holds blanks. */
export function idempotencyKey(value: string): string {
  if (!KEY.test(value)) {
    throw badInput(
      '"idempotencyKey" must be 8 to 128 printable ASCII characters without blanks, such as a UUID.',
    );
  }
  return value;
}

/** The same for two inputs that say the same, whatever the order of their fields; the key itself left out. */
export function inputHash({ idempotencyKey: _key, ...input }: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(input, sorted)).digest('base64url');
}

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Takes the key for this transaction, waiting for another that has it.
 *
 * @returns null when the command is to run; else the answer that it gave before
 * @throws BAD_USER_INPUT when the key came with another input
 */
export async function claim(
  trx: QueryExecutorProvider,
  { subject, command, key, hash }: Claim,
): Promise<{ answer: unknown } | null> {
  const taken = await sql`
    insert into idempotency (subject, command, key, input_hash) values (${subject}, ${command}, ${key}, ${hash})
    on conflict do nothing returning key`.execute(trx);
  if (taken.rows.length > 0) return null;
  const { rows } = await sql<{ input_hash: string; answer: unknown }>`
    select input_hash, answer from idempotency
    where subject = ${subject} and command = ${command} and key = ${key}`.execute(trx);
  const before = rows[0];
  // Purged between the two statements, days after its time.
  if (before === undefined) throw new HubError('CONFLICT', 'This key has just expired: send it again.');
  if (before.input_hash !== hash) {
    throw badInput('This "idempotencyKey" was used with another input: a new request needs a new key.');
  }
  return { answer: before.answer };
}

/** What one subject may send within a day of one command that anybody with a key may send: far above any portal. */
export const MOST_A_DAY = 10_000;

/** @throws HubError RATE_LIMITED when this subject has sent the command too often; the one just claimed counts */
export async function withinTheDay(
  trx: QueryExecutorProvider,
  { subject, command }: Pick<Claim, 'subject' | 'command'>,
): Promise<void> {
  const { rows } = await sql`
    select from idempotency where subject = ${subject} and command = ${command} and at > now() - interval '1 day'
    offset ${MOST_A_DAY} limit 1`.execute(trx);
  if (rows.length === 0) return;
  throw new HubError('RATE_LIMITED', `At most ${MOST_A_DAY} of "${command}" a day with one key or token.`, {
    retryAfterSeconds: 3600,
  });
}

/** Keeps the answer under the key that this transaction took, and forgets some of those that are too old. */
export async function remember(
  trx: QueryExecutorProvider,
  { subject, command, key }: Claim,
  answer: string,
): Promise<void> {
  await sql`
    update idempotency set answer = ${answer}::jsonb
    where subject = ${subject} and command = ${command} and key = ${key}`.execute(trx);
  await sql`
    delete from idempotency where (subject, command, key) in (
      select subject, command, key from idempotency where at < now() - make_interval(days => ${KEPT_DAYS})
      order by at limit ${PURGED_AT_ONCE} for update skip locked)`.execute(trx);
}
