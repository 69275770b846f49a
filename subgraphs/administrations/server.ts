import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { openOnDatabase } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { createContext } from './context.ts';
import { administrationsExports } from './export/sets.ts';
import { schema, sdl } from './schema.ts';

/** Opens the subgraph of territories, networks, structures, sites, procedures and commitments on a database. */
export async function openAdministrations(
  config: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
): Promise<Subgraph> {
  // The last tables of the migrations: without them there is nothing to read.
  const probe = sql`select from directory.change, administrations.wording_change limit 0`;
  return openOnDatabase(
    { name: 'administrations', schema, sdl, context: createContext, probe, exports: administrationsExports },
    config,
    databaseUrl,
  );
}
