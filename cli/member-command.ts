import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { VIEWER_ROLES } from '../kernel/viewer.ts';
import { usage, withGrant } from './grant-options.ts';
import type { MemberFlags } from './identity/members.ts';

/** `member grant`, `member list`, `member revoke`. Exit code: 0 done; 1 refused; 2 wrong usage. */
export function memberCommand(config: Config): Command {
  const verbs = () => import('./identity/members.ts');
  const member = new Command('member')
    .description('What persons may do, who come with a token of the identity provider')
    .exitOverride(usage);
  const roles = VIEWER_ROLES.filter((role) => role !== 'PUBLIC');
  withPerson(
    withGrant(member.command('grant').description('give a person a role, instead of another'), roles),
    config,
  ).action(async (flags: MemberFlags) => (await verbs()).grantMember(config, flags));
  member
    .command('list')
    .description('every role given, the latest first')
    .option('--json', 'print them as JSON')
    .exitOverride(usage)
    .action(async (flags: { json?: true }) => (await verbs()).listMembers(config, flags));
  withPerson(member.command('revoke').description('take the role of a person away'), config)
    .exitOverride(usage)
    .action(async (flags: MemberFlags) => (await verbs()).revokeMember(config, flags));
  return member;
}

/** Adds the options that name a person. */
function withPerson(command: Command, { oidc }: Config): Command {
  const issuer = ['--issuer <url>', 'identity provider, as `iss` of the tokens says it'] as const;
  return (
    oidc === null ? command.requiredOption(...issuer) : command.option(...issuer, oidc.issuer)
  ).requiredOption('--subject <text>', 'person, as `sub` of the tokens says it');
}
