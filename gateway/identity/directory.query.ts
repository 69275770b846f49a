import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase } from './tables.ts';

/** Whether the directory knows a network. */
export async function networkExists(db: Kysely<GatewayDatabase>, id: string): Promise<boolean> {
  const { rows } = await sql`select from directory.network where id = ${id}`.execute(db);
  return rows.length > 0;
}

/** The network of a structure; null when the directory does not know the structure. */
export async function networkOfStructure(db: Kysely<GatewayDatabase>, id: string): Promise<string | null> {
  const { rows } = await sql<{ network: string }>`
    select network_id as network from directory.structure where id = ${id}`.execute(db);
  return rows[0]?.network ?? null;
}
