import type { GatewayDb } from './tables.ts';

/** Moves with every grant and every revocation. */
export async function revisionOf(db: GatewayDb): Promise<string> {
  const { number } = await db.selectFrom('gateway.revision').select('number').executeTakeFirstOrThrow();
  return number;
}

/** Keys that are not revoked; whether they have expired is for the reader's clock. */
export const livingKeys = (db: GatewayDb) =>
  db
    .selectFrom('gateway.api_key')
    .select(['id', 'secret_sha256', 'role', 'network_id', 'structure_id', 'daily_quota', 'expires_at'])
    .where('revoked_at', 'is', null)
    .execute();

/** Persons whose role is not revoked. */
export const livingMembers = (db: GatewayDb) =>
  db
    .selectFrom('gateway.member')
    .select(['issuer', 'subject', 'role', 'network_id', 'structure_id'])
    .where('revoked_at', 'is', null)
    .execute();
