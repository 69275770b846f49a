import { createKey as create } from '../../gateway/identity/key.query.ts';
import type { GatewayDatabase } from '../../gateway/identity/tables.ts';
import { connect } from '../../kernel/postgres/database.ts';
import type { ViewerRole } from '../../kernel/viewer.ts';

/** What a test asks of a key; a LOCAL_REFERENT needs both its structure and the network of it. */
export interface WantedKey {
  role: ViewerRole;
  network?: string;
  structure?: string;
  /** Requests per UTC day. */
  quota?: number;
  expiresAt?: Date;
}

/** A key that works at once, for `Authorization: Bearer <key>`; whether its network exists is not looked at. */
export async function createKey(databaseUrl: string, wanted: WantedKey): Promise<string> {
  const db = connect<GatewayDatabase>(databaseUrl, 'gateway', 'owner', { max: 1 });
  try {
    const { key } = await create(db, {
      role: wanted.role,
      network: wanted.network ?? null,
      structure: wanted.structure ?? null,
      label: `test ${wanted.role}`,
      dailyQuota: wanted.quota ?? null,
      expiresAt: wanted.expiresAt ?? null,
    });
    return key;
  } finally {
    await db.destroy();
  }
}
