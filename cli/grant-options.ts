import { type Command, InvalidArgumentError, Option } from 'commander';
import { VIEWER_ROLES, type ViewerRole } from '../kernel/viewer.ts';

/** Longest label, in characters. */
const LONGEST_LABEL = 120;

/** Adds the options that say what is granted; the exit code of a wrong usage is 2. */
export function withGrant(command: Command, roles: readonly ViewerRole[] = VIEWER_ROLES): Command {
  return command
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--network <id>', 'of which network, for NETWORK_HQ and SUPER_AGENT: NET-caf')
    .option('--structure <id>', 'top of which subtree, for LOCAL_REFERENT: STR-…')
    .requiredOption('--label <text>', 'whose it is, for those who read the list', labelText)
    .exitOverride(usage);
}

/** Ends a command that was typed wrong. */
export const usage = (error: { exitCode: number }) => process.exit(error.exitCode === 0 ? 0 : 2);

/** Nothing that a terminal would obey. */
export function labelText(text: string): string {
  const label = text.trim();
  if (label === '' || label.length > LONGEST_LABEL || /[\p{Cc}\p{Cf}]/u.test(label))
    throw new InvalidArgumentError(`Expected 1 to ${LONGEST_LABEL} plain characters.`);
  return label;
}

/** A day, from its first instant in UTC, or an instant; not in the past. */
export function futureInstant(text: string): Date {
  const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) ? new Date(text) : null;
  // The calendar is lenient: 2027-02-31 would be the 3rd of March.
  if (!instant || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(text.slice(0, 10)))
    throw new InvalidArgumentError('Expected a day, 2027-01-01, or an instant in UTC, 2027-01-01T12:00:00Z.');
  if (instant.getTime() <= Date.now()) throw new InvalidArgumentError('Expected a day that is to come.');
  return instant;
}

/** How many requests a day, what PostgreSQL's `integer` holds. */
export function quotaNumber(text: string): number {
  const quota = /^\d+$/.test(text) ? Number(text) : 0;
  if (quota < 1 || quota > 2_147_483_647) throw new InvalidArgumentError('Expected a whole number from 1.');
  return quota;
}
