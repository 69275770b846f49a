import { type Kysely, sql } from 'kysely';
import type { Grant } from './grant.ts';
import type { GatewayDatabase } from './tables.ts';

/** A person, as the identity provider names them (`iss` and `sub` of their tokens). */
export interface Person {
  issuer: string;
  subject: string;
}

/** A role to give; one that fits (see `misfit`), on a network and a structure that exist. */
export interface NewMember extends Person, Grant {
  label: string;
}

/** Gives a person a role, instead of the one they had, which stays on record as revoked. */
export async function grantMember(db: Kysely<GatewayDatabase>, member: NewMember): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await revokeMember(trx, member);
    await trx
      .insertInto('gateway.member')
      .values({
        issuer: member.issuer,
        subject: member.subject,
        role: member.role,
        network_id: member.network,
        structure_id: member.structure,
        label: member.label,
      })
      .execute();
  });
}

/** Takes the role of a person away; false when they had none. */
export async function revokeMember(
  db: Kysely<GatewayDatabase>,
  { issuer, subject }: Person,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('gateway.member')
    .set({ revoked_at: sql`now()` })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A role that a person has, or had. */
export interface ListedMember extends Person, Grant {
  label: string;
  grantedAt: Date;
  revokedAt: Date | null;
}

/** Every role ever given, the latest first. */
export async function listMembers(db: Kysely<GatewayDatabase>): Promise<ListedMember[]> {
  return db
    .selectFrom('gateway.member')
    .select(['issuer', 'subject', 'role', 'network_id as network', 'structure_id as structure', 'label'])
    .select(['granted_at as grantedAt', 'revoked_at as revokedAt'])
    .orderBy('granted_at', 'desc')
    .orderBy('subject')
    .execute();
}
