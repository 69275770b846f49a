import { sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { openOnDatabase } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { contextFor } from './context.ts';
import { reportsExport } from './export/reports.export.ts';
import { fileRoutes } from './file/routes.ts';
import { schema, sdl } from './schema.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openSimplification(
  config: Pick<Config, 'statementTimeoutMs' | 'files'>,
  databaseUrl: string,
): Promise<Subgraph> {
  const probe = sql`select 1 from simplification.published_report limit 1`;
  return openOnDatabase(
    {
      name: 'simplification',
      schema,
      sdl,
      context: contextFor,
      probe,
      routes: (access) => fileRoutes(access, config.files),
      exports: [reportsExport],
    },
    config,
    databaseUrl,
  );
}
