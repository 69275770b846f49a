import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase } from './tables.ts';

/** Requests of one key in one UTC day that are not written yet. */
export interface UseToAdd {
  keyId: string;
  /** `2026-11-22` */
  day: string;
  requests: number;
  lastUsedAt: Date;
}

/**
 * Adds to the counts and tells the new totals, in the order of the keys: what other gateways wrote is in them.
 * Rows are touched in one order, so that two gateways never wait for each other.
 */
export async function addUse(
  db: Kysely<GatewayDatabase>,
  uses: readonly UseToAdd[],
): Promise<{ keyId: string; day: string; total: number }[]> {
  const { rows } = await sql<{ keyId: string; day: string; total: string }>`
    insert into gateway.daily_use as kept (key_id, day, requests, last_used_at)
    select * from unnest(
      ${uses.map(({ keyId }) => keyId)}::text[],
      ${uses.map(({ day }) => day)}::date[],
      ${uses.map(({ requests }) => requests)}::bigint[],
      ${uses.map(({ lastUsedAt }) => lastUsedAt.toISOString())}::timestamptz[]
    ) as added (key_id, day, requests, last_used_at)
    order by key_id, day
    on conflict (key_id, day) do update set
      requests = kept.requests + excluded.requests,
      last_used_at = greatest(kept.last_used_at, excluded.last_used_at)
    returning key_id as "keyId", day, requests as total`.execute(db);
  return rows.map(({ keyId, day, total }) => ({ keyId, day, total: Number(total) }));
}

/** What a key has used in a day, as far as written. */
export async function usedOn(db: Kysely<GatewayDatabase>, keyId: string, day: string): Promise<number> {
  const row = await db
    .selectFrom('gateway.daily_use')
    .select('requests')
    .where('key_id', '=', keyId)
    .where('day', '=', day)
    .executeTakeFirst();
  return Number(row?.requests ?? 0);
}
