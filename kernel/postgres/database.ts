import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { createPool } from './pool.ts';
import type { Role } from './roles.ts';
import { type SessionOptions, sessionConfig } from './session.ts';

export type { Role } from './roles.ts';
export { statementChannel } from './statements.ts';

export interface ConnectOptions extends SessionOptions {
  /** Connections kept at most. */
  max?: number;
}

/** With five subgraphs in one process this stays near twenty connections. */
const DEFAULT_MAX: Record<Role, number> = { owner: 2, public: 3, agent: 1 };

/**
 * A pool on one subgraph's schema, acting as one of its roles; connections open on first use and
 * `db.destroy()` closes them. Column types come back as `values.ts` says. No statement in a transaction may
 * wait for another connection of the same pool.
 */
export function connect<DB>(
  url: string,
  subgraph: string,
  role: Role,
  options: ConnectOptions = {},
): Kysely<DB> {
  const pool = createPool(sessionConfig(url, subgraph, role, options), options.max ?? DEFAULT_MAX[role]);
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool, controlClient: pg.Client }) });
}
