import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { connect } from '../../kernel/postgres/database.ts';
import { contextFor } from './context.ts';
import { schema, sdl } from './schema.ts';
import type { SimplificationDatabase } from './tables.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openSimplification(config: Config, databaseUrl: string): Promise<Subgraph> {
  const db = connect<SimplificationDatabase>(databaseUrl, 'simplification', 'public', {
    statementTimeoutMs: config.statementTimeoutMs,
  });
  return {
    name: 'simplification',
    schema,
    sdl,
    context: (viewer) => contextFor(db, viewer),
    ready: async () => {
      await sql`select 1 from simplification.published_report limit 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
