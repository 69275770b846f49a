import type { Kysely, RawBuilder } from 'kysely';
import type { Config } from '../config.ts';
import { connect } from '../postgres/database.ts';
import type { Viewer } from '../viewer.ts';
import type { Subgraph } from './subgraph.ts';

/** A subgraph that reads one database; its name is that of its PostgreSQL schema. */
export interface OnDatabase<DB> extends Pick<Subgraph, 'name' | 'schema' | 'sdl'> {
  /** What each request reads through. */
  context(db: Kysely<DB>, viewer: Viewer): object;
  /** A statement that fails while the migrations of the subgraph are not there. */
  probe: RawBuilder<unknown>;
}

/** Opens it on a migrated database, in the role of the public; connections are made on first use. */
export function openOnDatabase<DB>(
  { name, schema, sdl, context, probe }: OnDatabase<DB>,
  { statementTimeoutMs }: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
): Subgraph {
  const db = connect<DB>(databaseUrl, name, 'public', { statementTimeoutMs });
  return {
    name,
    schema,
    sdl,
    context: (viewer) => context(db, viewer),
    ready: async () => {
      await probe.execute(db);
    },
    close: () => db.destroy(),
  };
}
