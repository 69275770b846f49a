import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { connect } from '../../kernel/postgres/database.ts';
import { createContext } from './context.ts';
import { schema, sdl } from './schema.ts';
import type { AdministrationsDatabase } from './tables.ts';

/** Opens the subgraph of territories, networks, structures, sites, procedures and commitments on a database. */
export async function openAdministrations(
  { statementTimeoutMs }: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
): Promise<Subgraph> {
  const db = connect<AdministrationsDatabase>(databaseUrl, 'administrations', 'public', {
    statementTimeoutMs,
  });
  return {
    name: 'administrations',
    schema,
    sdl,
    context: (viewer) => createContext(db, viewer),
    ready: async () => {
      // The last tables of the migrations: without them there is nothing to read.
      await sql`select from directory.change, administrations.announced_delay limit 0`.execute(db);
    },
    close: () => db.destroy(),
  };
}
