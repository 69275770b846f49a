import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Advisory locks, held by the connection (or the transaction): the server lets them go when the process dies,
 * however it dies.
 */
const keyOf = (name: string) => sql`hashtextextended(${name}, 0)`;

/** Held from beginning to end of a run: a RUNNING entry whose lock is free belongs to a dead process. */
export const aliveLock = (importId: string) => `hub import ${importId}`;

/** Two runs of one feed and scope take turns. */
export const scopeLock = (subgraph: string, feed: string, scope: string) =>
  `hub import ${subgraph} ${feed} ${scope}`;

/** Publications of one subgraph take turns, so that their numbers rise in the order of their commits. */
export const publicationLock = (subgraph: string) => `hub publication ${subgraph}`;

/** Takes a session lock, waiting for it if need be; `onWait` is called first when it is not free. */
export async function lockSession(
  db: QueryExecutorProvider,
  name: string,
  onWait: () => void,
): Promise<void> {
  const tried = await sql<{ free: boolean }>`select pg_try_advisory_lock(${keyOf(name)}) as free`.execute(db);
  if (tried.rows[0]?.free) return;
  onWait();
  await sql`select pg_advisory_lock(${keyOf(name)})`.execute(db);
}

/** Takes a lock until the end of the transaction, waiting for it. */
export async function lockTransaction(trx: QueryExecutorProvider, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyOf(name)})`.execute(trx);
}

/** Takes a lock together with others of its kind until the end of the transaction, waiting for who has it alone. */
export async function shareTransaction(trx: QueryExecutorProvider, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${keyOf(name)})`.execute(trx);
}

/**
 * Has the server look after the other end of this connection while a long statement runs, so that a killed
 * import lets go of its locks within seconds. Left alone where the server's system cannot do it.
 */
export async function watchConnection(db: QueryExecutorProvider): Promise<void> {
  await sql`set client_connection_check_interval = '2s'`.execute(db).catch(() => undefined);
}
