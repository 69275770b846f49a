import {
  grantMember as grant,
  type ListedMember,
  listMembers as list,
  type Person,
  revokeMember as revoke,
} from '../../gateway/identity/member.query.ts';
import { personId } from '../../gateway/identity/person.ts';
import type { Config } from '../../kernel/config.ts';
import { HubError } from '../../kernel/errors.ts';
import { asOwner, type GrantFlags, grantText, instantText, resolveGrant } from './grant.ts';

/** What a role is given with. */
export interface MemberFlags extends GrantFlags, Person {
  label: string;
}

export const grantMember = (config: Config, { issuer, subject, label, ...flags }: MemberFlags) =>
  asOwner(config, async (db) => {
    const granted = await resolveGrant(db, flags);
    await grant(db, { ...granted, issuer, subject, label });
    // The slash at the end is what people get wrong.
    if (config.oidc !== null && config.oidc.issuer !== issuer)
      process.stderr.write(`Beware: this hub accepts tokens of ${config.oidc.issuer}, not of ${issuer}.\n`);
    process.stdout.write(`${personId(issuer, subject)} is now ${grantText(granted)}.\n`);
  });

export const listMembers = (config: Config, { json }: { json?: true }) =>
  asOwner(config, async (db) => {
    const members = (await list(db)).map((member) => ({
      id: personId(member.issuer, member.subject),
      ...member,
    }));
    process.stdout.write(json ? `${JSON.stringify(members, null, 2)}\n` : members.map(formatMember).join(''));
  });

export const revokeMember = (config: Config, person: Person) =>
  asOwner(config, async (db) => {
    if (!(await revoke(db, person))) throw new HubError('NOT_FOUND', 'This person has no role.');
    const id = personId(person.issuer, person.subject);
    process.stdout.write(`${id} has no role any more; running hubs know within two seconds.\n`);
  });

/** One role of one person, on two lines; the id is the one that the audit tells. */
export function formatMember(member: ListedMember & { id: string }): string {
  const { id, issuer, subject, label, grantedAt, revokedAt } = member;
  const until = revokedAt === null ? '' : ` · revoked ${instantText(revokedAt)}`;
  return (
    `${id}  ${revokedAt === null ? 'ACTIVE' : 'REVOKED'}  ${grantText(member)}  « ${label} »\n` +
    `    ${subject} at ${issuer} · granted ${instantText(grantedAt)}${until}\n`
  );
}
