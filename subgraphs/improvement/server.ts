import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { openOnDatabase } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { contextFor } from './context.ts';
import { schema, sdl } from './schema.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openImprovement(
  config: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
): Promise<Subgraph> {
  const probe = sql`select 1 from improvement.published_action_plan limit 1`;
  return openOnDatabase(
    { name: 'improvement', schema, sdl, context: contextFor, probe },
    config,
    databaseUrl,
  );
}
