import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { connect } from '../../kernel/postgres/database.ts';
import { contextFor } from './context.ts';
import { schema, sdl } from './schema.ts';
import type { IndicatorsTables } from './tables.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openIndicators(
  config: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
  /** Today, ISO date in UTC: when a result is a year old or not. */
  today: () => string = () => new Date().toISOString().slice(0, 10),
): Promise<Subgraph> {
  const db = connect<IndicatorsTables>(databaseUrl, 'indicators', 'public', {
    statementTimeoutMs: config.statementTimeoutMs,
  });
  return {
    name: 'indicators',
    schema,
    sdl,
    context: (viewer) => contextFor(db, viewer, today()),
    ready: async () => {
      await sql`select 1 from indicators.directory_state limit 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
