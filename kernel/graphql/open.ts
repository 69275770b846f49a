import { Kysely, PostgresDialect, type RawBuilder } from 'kysely';
import type { Config } from '../config.ts';
import { HubError } from '../errors.ts';
import { exportRoutes } from '../export/routes.ts';
import type { ExportSet } from '../export/set.ts';
import { type Agent, agentOf } from '../postgres/agent.ts';
import { connect } from '../postgres/database.ts';
import type { RawRoute } from '../raw/route.ts';
import type { Viewer } from '../viewer.ts';
import { Kept, type KeptRows } from './kept.ts';
import type { Subgraph } from './subgraph.ts';

/** A subgraph that reads one database; its name is that of its PostgreSQL schema. */
export interface OnDatabase<DB> extends Pick<Subgraph, 'name' | 'schema' | 'sdl'> {
  /** What each request reads and writes through. */
  context(db: Kysely<DB>, viewer: Viewer, access: Access<DB>): object;
  /** A statement that fails while the migrations of the subgraph are not there. */
  probe: RawBuilder<unknown>;
  /** What it does beside GraphQL. */
  routes?: (access: RawAccess<DB>) => readonly RawRoute[];
  /** What it exports. */
  exports?: readonly ExportSet[];
}

/** What routes beside GraphQL read and write through. */
export interface RawAccess<DB> {
  /** As in `Access`, for the viewer of each request. */
  agentOf(viewer: Viewer): Agent<DB>;
  owner: Kysely<DB>;
}

/** What a request may use beside the pool of published rows. */
export interface Access<DB> {
  /** Unpublished rows, as far as row-level security lets this viewer see and write them. */
  agent: Agent<DB>;
  /** Everything: only for commands that have checked what the viewer may do. */
  owner: Kysely<DB>;
  /** Published rows that other requests have read. */
  kept: KeptRows;
  /** Id of the client's request, for the audit. */
  requestId: string | undefined;
}

/** Nobody waits for a mutation longer than the gateway's minute: what it runs ends before. */
const WRITE_TIMEOUT_MS = 55_000;

/**
 * What stands for unpublished rows and for writing where nobody asks: whatever of anybody's answer came from there
 * could not be shared, since it is not told when it changes.
 */
const closedTo = <DB>(): Kysely<DB> =>
  new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: {
        options: {},
        connect: () => Promise.reject(new HubError('UNAUTHENTICATED', 'This needs a key or a token.')),
        end: () => Promise.resolve(),
      },
    }),
  });

/** Opens it on a migrated database, reading in the role of the public; connections are made on first use. */
export function openOnDatabase<DB>(
  { name, schema, sdl, context, probe, routes, exports = [] }: OnDatabase<DB>,
  { statementTimeoutMs }: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
): Subgraph {
  const db = connect<DB>(databaseUrl, name, 'public', { statementTimeoutMs });
  const agents = connect<DB>(databaseUrl, name, 'agent', { max: 2, statementTimeoutMs });
  const owner = connect<DB>(databaseUrl, name, 'owner', { statementTimeoutMs: WRITE_TIMEOUT_MS });
  const nobody = closedTo<DB>();
  const kept = new Kept();
  return {
    name,
    schema,
    sdl,
    context: (viewer, requestId, seen) => {
      const [unpublished, writer] = viewer.subject === null ? [nobody, nobody] : [agents, owner];
      const agent = agentOf(unpublished, viewer);
      return context(db, viewer, { agent, owner: writer, kept: kept.at(seen), requestId });
    },
    routes: [
      ...(routes?.({ agentOf: (viewer) => agentOf(agents, viewer), owner }) ?? []),
      ...(exports.length > 0 ? [exportRoutes({ databaseUrl, subgraph: name }, exports)] : []),
    ],
    ready: async () => {
      await probe.execute(db);
    },
    close: async () => {
      await Promise.all([db, agents, owner].map((pool) => pool.destroy()));
    },
  };
}
