import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { isFull, isStalePlan, send } from './statements.ts';

/**
 * One checked-out connection, as Kysely drives it. It names statements and survives a changed table: outside
 * a transaction a stale plan is answered by a new connection and one retry, inside it the connection is
 * dropped once given back.
 */
class Checkout implements PostgresPoolClient {
  #client: pg.PoolClient;
  readonly #pool: pg.Pool;
  #stale = false;
  #released = false;

  constructor(pool: pg.Pool, client: pg.PoolClient) {
    this.#pool = pool;
    this.#client = client;
  }

  /** Backend process, which Kysely cancels when a query is aborted. */
  get processID(): number {
    return backendOf(this.#client);
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== 'string') throw new Error('Cursors are not supported: page with keys instead.');
    return this.#run<R>(sql, parameters);
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const inTransaction = ['T', 'E'].includes(this.#client.getTransactionStatus() ?? 'I');
    try {
      return toKysely<R>(await send(this.#client, sql, parameters));
    } catch (error) {
      if (!isStalePlan(error)) throw error;
      this.#stale = true;
      if (inTransaction) throw error;
    }
    await this.#replace();
    return toKysely<R>(await send(this.#client, sql, parameters));
  }

  /** Gives the connection up before asking for another: it may be the only one of the pool. */
  async #replace(): Promise<void> {
    this.release();
    this.#client = await this.#pool.connect();
    this.#stale = false;
    this.#released = false;
  }

  release(destroy = false): void {
    // Already so when no connection could be had to replace a stale one.
    if (this.#released) return;
    this.#released = true;
    this.#client.release(destroy || this.#stale || isFull(this.#client));
  }
}

/** `processID` is set by the handshake and missing from the published types; 0 is "unknown" to Kysely. */
export const backendOf = (client: pg.ClientBase): number =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : 0;

/** A statement with no parameters may hold several: pg then answers a list, of which the last result counts. */
export function toKysely<R>(result: pg.QueryResult | pg.QueryResult[]): PostgresQueryResult<R> {
  const last = Array.isArray(result) ? result.at(-1) : result;
  return {
    command: (last?.command ?? 'SELECT') as PostgresQueryResult<R>['command'],
    rowCount: last?.rowCount ?? 0,
    rows: last?.rows ?? [],
  };
}

/**
 * How Kysely connects to cancel a query: as the login user, whose sessions these are. A role of a subgraph may
 * not cancel them.
 */
export function controlConfig({ options: _role, ...login }: pg.ClientConfig): pg.ClientConfig {
  return login;
}

/** The pool Kysely draws from. Idle connections are kept ten minutes: their prepared statements are worth it. */
export function createPool(config: pg.ClientConfig, max: number): PostgresPool {
  const pool = new pg.Pool({ ...config, max, idleTimeoutMillis: 600_000 });
  // An idle connection that breaks is only taken out of the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks in the middle of a query, which fails anyway: the pool listens to idle ones only.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    options: controlConfig(config),
    connect: async () => new Checkout(pool, await pool.connect()),
    end: () => pool.end(),
  };
}
