import { type Kysely, sql } from 'kysely';
import type { Config } from '../../kernel/config.ts';
import { type Access, openOnDatabase, type RawAccess } from '../../kernel/graphql/open.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { connect } from '../../kernel/postgres/database.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { receiptsUnder } from './contact/receipt.ts';
import { contactRoutes } from './contact/routes.ts';
import type { ContactsDatabase } from './contact/tables.ts';
import { openVault } from './contact/vault.ts';
import { contextFor } from './context.ts';
import { testimoniesExport } from './export/testimonies.export.ts';
import { schema, sdl } from './schema.ts';
import type { TestimoniesDatabase } from './tables.ts';
import { parisDay } from './testimony/paris.ts';

/** Opens the subgraph on a migrated database; connections are made on first use. */
export async function openTestimonies(
  config: Pick<Config, 'statementTimeoutMs' | 'contactKeys' | 'retention'>,
  databaseUrl: string,
  /** Today, ISO date: when a testimony is published. */
  today: () => string = parisDay,
): Promise<Subgraph> {
  const probe = sql`select 1 from testimonies.published_testimony limit 1`;
  const receipts = receiptsUnder(config.contactKeys);
  const context = (db: Kysely<TestimoniesDatabase>, viewer: Viewer, access: Access<TestimoniesDatabase>) =>
    contextFor(db, viewer, access, { today: today(), receiptOf: receipts.of });
  // A role of its own: no other pool of this subgraph may look at how authors can be reached.
  const contacts = connect<ContactsDatabase>(databaseUrl, 'contacts', 'agent', { max: 2 });
  const vault = openVault(config.contactKeys);
  const routes = ({ owner }: RawAccess<TestimoniesDatabase>) =>
    contactRoutes({ testimonies: owner, contacts, vault, receipts }, config.retention.contacts);
  const subgraph = openOnDatabase(
    { name: 'testimonies', schema, sdl, context, probe, routes, exports: [testimoniesExport] },
    config,
    databaseUrl,
  );
  return { ...subgraph, close: async () => void (await Promise.all([subgraph.close(), contacts.destroy()])) };
}
