import { type Kysely, sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { type Access, openOnDatabase } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { contextFor } from './context.ts';
import { indicatorsExports } from './export/sets.ts';
import { schema, sdl } from './schema.ts';
import type { IndicatorsTables } from './tables.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openIndicators(
  config: Pick<Config, 'statementTimeoutMs'>,
  databaseUrl: string,
  /** Today, ISO date in UTC: when a result is a year old or not. */
  today: () => string = () => new Date().toISOString().slice(0, 10),
): Promise<Subgraph> {
  const probe = sql`select from indicators.directory_state, indicators.changed_result limit 0`;
  const context = (db: Kysely<IndicatorsTables>, viewer: Viewer, access: Access<IndicatorsTables>) =>
    contextFor(db, viewer, today(), access);
  return openOnDatabase(
    { name: 'indicators', schema, sdl, context, probe, exports: indicatorsExports },
    config,
    databaseUrl,
  );
}
