import { type Kysely, sql } from 'kysely';
import type { ViewerRole } from '../../kernel/viewer.ts';
import type { Grant } from './grant.ts';
import { formatKey, hashSecret, newKeyId, newSecret } from './key.ts';
import type { GatewayDatabase } from './tables.ts';

/** A key to make; its grant is one that fits (see `misfit`), on a network and a structure that exist. */
export interface NewKey extends Grant {
  label: string;
  /** Requests per UTC day; null for no quota. */
  dailyQuota: number | null;
  /** From this instant on the key is refused; null for never. */
  expiresAt: Date | null;
}

/** Makes a key; `key` is the only trace of its secret. */
export async function createKey(
  db: Kysely<GatewayDatabase>,
  wanted: NewKey,
): Promise<{ id: string; key: string }> {
  const id = newKeyId();
  const secret = newSecret();
  await db
    .insertInto('gateway.api_key')
    .values({
      id,
      secret_sha256: hashSecret(secret),
      role: wanted.role,
      network_id: wanted.network,
      structure_id: wanted.structure,
      label: wanted.label,
      daily_quota: wanted.dailyQuota,
      expires_at: wanted.expiresAt,
    })
    .execute();
  return { id, key: formatKey({ id, secret }) };
}

/** A key as its administrators see it. */
export interface ListedKey extends Grant {
  id: string;
  label: string;
  state: 'ACTIVE' | 'EXPIRED' | 'REVOKED';
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** A minute old at most. */
  lastUsedAt: Date | null;
  dailyQuota: number | null;
  /** Of this UTC day, as far as written. */
  requestsToday: number;
}

/** Every key, the newest first; never its secret, nor the hash of it. */
export async function listKeys(db: Kysely<GatewayDatabase>): Promise<ListedKey[]> {
  const { rows } = await sql<ListedKey & { role: ViewerRole }>`
    select k.id, k.label, k.role, k.network_id as network, k.structure_id as structure,
      case when k.revoked_at is not null then 'REVOKED'
           when k.expires_at <= now() then 'EXPIRED'
           else 'ACTIVE' end as state,
      k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
      k.daily_quota as "dailyQuota", u."lastUsedAt", coalesce(u.today, 0)::integer as "requestsToday"
    from gateway.api_key k
    left join lateral (
      select max(last_used_at) as "lastUsedAt",
        sum(requests) filter (where day = (now() at time zone 'UTC')::date) as today
      from gateway.daily_use where key_id = k.id
    ) u on true
    order by k.created_at desc, k.id`.execute(db);
  return rows;
}

/** Ends a key, now and for ever; false when there is no such key, or when it was revoked before. */
export async function revokeKey(db: Kysely<GatewayDatabase>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('gateway.api_key')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
