import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { connect } from '../../kernel/postgres/database.ts';
import { contextFor } from './context.ts';
import { schema, sdl } from './schema.ts';
import type { ImprovementDatabase } from './tables.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openImprovement(config: Config, databaseUrl: string): Promise<Subgraph> {
  const db = connect<ImprovementDatabase>(databaseUrl, 'improvement', 'public', {
    statementTimeoutMs: config.statementTimeoutMs,
  });
  return {
    name: 'improvement',
    schema,
    sdl,
    context: (viewer) => contextFor(db, viewer),
    ready: async () => {
      await sql`select 1 from improvement.published_action_plan limit 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
