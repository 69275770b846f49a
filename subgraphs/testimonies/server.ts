import { type Kysely, sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { type Access, openOnDatabase } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { receiptsUnder } from './contact/receipt.ts';
import { contextFor } from './context.ts';
import { schema, sdl } from './schema.ts';
import type { TestimoniesDatabase } from './tables.ts';
import { parisDay } from './testimony/paris.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openTestimonies(
  config: Pick<Config, 'statementTimeoutMs' | 'contactKeys'>,
  databaseUrl: string,
  /** Today, ISO date: when a testimony is published. */
  today: () => string = parisDay,
): Promise<Subgraph> {
  const probe = sql`select 1 from testimonies.published_testimony limit 1`;
  const receipts = receiptsUnder(config.contactKeys);
  const context = (db: Kysely<TestimoniesDatabase>, viewer: Viewer, access: Access<TestimoniesDatabase>) =>
    contextFor(db, viewer, access, { today: today(), receiptOf: receipts.of });
  return openOnDatabase({ name: 'testimonies', schema, sdl, context, probe }, config, databaseUrl);
}
