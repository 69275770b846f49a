import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { backendOf, controlConfig, toKysely } from './pool.ts';
import type { Role } from './roles.ts';
import { type SessionOptions, sessionConfig } from './session.ts';
import { send } from './statements.ts';

export interface Dedicated<DB> {
  db: Kysely<DB>;
  /** The connection under `db`, for what Kysely does not do: COPY streams, LISTEN, advisory locks. */
  client: pg.Client;
  close(): Promise<void>;
  /** Ends it in the middle of a statement: the server is told to stop that. Nothing once it is closed. */
  abandon(): Promise<void>;
}

/**
 * One connection of its own, on which Kysely queries and COPY streams share a transaction:
 *
 *     const { db, client, close } = await dedicated<Tables>(url, 'indicators', 'owner');
 *     await db.transaction().execute(async (trx) => {
 *       await pipeline(rows, client.query(copyFrom('copy staging from stdin')));
 *       await trx.insertInto('result')…
 *     });
 *
 * Inside the callback use `trx` only: `db` would wait for the connection that the transaction holds.
 */
export async function dedicated<DB>(
  url: string,
  subgraph: string,
  role: Role,
  options: SessionOptions = {},
): Promise<Dedicated<DB>> {
  const config = sessionConfig(url, subgraph, role, options);
  const client = new pg.Client(config);
  // The statement in flight is rejected with the same error; the event alone must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: poolOfOne(client, config), controlClient: pg.Client }),
  });
  let abandoned: Promise<void> | null = null;
  return {
    db,
    client,
    close: () => {
      // From now on its process may be that of another connection: nothing may be cancelled any more.
      abandoned ??= Promise.resolve();
      return db.destroy();
    },
    abandon: () => {
      abandoned ??= abandon(client, config);
      return abandoned;
    },
  };
}

/** As the login user, whose session it is. When the server cannot be told, the broken connection ends the statement. */
async function abandon(client: pg.Client, config: pg.ClientConfig): Promise<void> {
  const control = new pg.Client(controlConfig(config));
  control.on('error', () => undefined);
  await control
    .connect()
    .then(() => control.query('select pg_cancel_backend($1)', [backendOf(client)]))
    .catch(() => undefined);
  await Promise.allSettled([control.end(), client.end()]);
}

/** Hands the same connection to one borrower after the other. */
function poolOfOne(client: pg.Client, config: pg.ClientConfig): PostgresPool {
  let free: Promise<void> = Promise.resolve();
  return {
    options: controlConfig(config),
    connect: async () => {
      const mine = Promise.withResolvers<void>();
      const previous = free;
      free = mine.promise;
      await previous;
      return checkout(client, mine.resolve);
    },
    end: () => client.end(),
  };
}

function checkout(client: pg.Client, release: () => void): PostgresPoolClient {
  const query = async (sql: unknown, parameters: readonly unknown[] = []) => {
    if (typeof sql !== 'string') throw new Error('Cursors are not supported: page with keys instead.');
    return toKysely(await send(client, sql, parameters));
  };
  return { processID: backendOf(client), query: query as PostgresPoolClient['query'], release };
}
