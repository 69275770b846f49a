import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { lockTransaction } from '../../../kernel/import/locks.ts';
import type { TestimoniesDatabase } from '../tables.ts';

/** The delay that a network undertakes to keep. */
export interface Duty {
  network_id: string;
  days: number;
  source: string;
  since: string | null;
  version: number;
}

/** The duties of these networks, where they have one. */
export function dutiesOf(db: Kysely<TestimoniesDatabase>, networks: readonly string[]): Promise<Duty[]> {
  return db
    .selectFrom('testimonies.reply_duty')
    .select(['network_id', 'days', 'source', 'since', 'version'])
    .where(sql<boolean>`network_id = any(${[...networks]}::text[])`)
    .execute();
}

/** Nobody else writes duties until the end of this transaction, neither a command nor a file. */
export const lockDuties = (trx: QueryExecutorProvider): Promise<void> =>
  lockTransaction(trx, 'hub reply duties testimonies');

/** The duty of a network, null for none; it stays so until the transaction ends. */
export async function lockDuty(trx: QueryExecutorProvider, network: string): Promise<Duty | null> {
  await lockDuties(trx);
  const { rows } = await sql<Duty>`
    select network_id, days, source, since, version from testimonies.reply_duty
     where network_id = ${network}`.execute(trx);
  return rows[0] ?? null;
}

/** Sets it; the table counts the versions. */
export async function saveDuty(
  trx: QueryExecutorProvider,
  { network_id, days, source, since }: Omit<Duty, 'version'>,
): Promise<Duty> {
  const { rows } = await sql<Duty>`
    insert into testimonies.reply_duty as t (network_id, days, source, since, written_at)
    values (${network_id}, ${days}, ${source}, ${since}::date, clock_timestamp())
    on conflict (network_id) do update set days = excluded.days, source = excluded.source, since = excluded.since,
      written_at = excluded.written_at, import_id = null, import_row = null
    returning network_id, days, source, since, version`.execute(trx);
  const [duty] = rows;
  if (!duty) throw new Error(`No duty was written for ${network_id}.`);
  return duty;
}
