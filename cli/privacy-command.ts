import { Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { connect } from '../kernel/postgres/database.ts';
import { newSecretKey } from '../kernel/secret-keys.ts';
import {
  eraseByEmail,
  eraseByTestimony,
  type Owners,
  purgeExpired,
} from '../subgraphs/testimonies/contact/erase.query.ts';
import { purgeRetained } from '../subgraphs/testimonies/contact/retention.query.ts';
import { rotate } from '../subgraphs/testimonies/contact/rotate.query.ts';
import { contactsStatus } from '../subgraphs/testimonies/contact/status.query.ts';
import { openVault, type Vault } from '../subgraphs/testimonies/contact/vault.ts';
import { withDatabase } from './database.ts';
import { purgeOfAnswers } from './privacy-answers.ts';
import { erasureText, purgeText, retainedText, rotationText, statusText } from './privacy-report.ts';
import { eraseOfReports, purgeOfReports } from './privacy-reports.ts';
import { firstLine } from './standard-input.ts';

/**
 * `hub privacy …`: the contacts of authors, and what came with reports. Exit code: 0 done; 1 refused, or something
 * could not be read; 2 wrong usage.
 */
export function privacyCommand(config: Config): Command {
  const privacy = new Command('privacy')
    .description('Contacts of the authors of testimonies, and what came with reports')
    .exitOverride(usage);
  const verb = (name: string, description: string) =>
    privacy.command(name).description(description).exitOverride(usage);
  verb(
    'erase',
    'forget an author: the contact goes, public texts stay and are anonymous, others go; or what came with a report',
  )
    .option('--testimony <ids...>', 'of these testimonies, TEM-…')
    .option('--email-stdin', 'with the e-mail address on the standard input')
    .option('--report <ids...>', 'comment, suggestion, address and files of these reports, REP-…')
    .action((flags: EraseFlags, command: Command) => {
      const given = [flags.testimony, flags.emailStdin, flags.report].filter((flag) => flag !== undefined);
      if (given.length !== 1) {
        command.error('error: say one of --testimony, --email-stdin and --report', { exitCode: 2 });
      }
      return flags.report ? eraseOfReports(config, flags.report) : erase(config, flags);
    });
  verb(
    'purge',
    'erase what was kept long enough: contacts, rejected testimonies, marks of votes, what came with reports, answers to surveys',
  ).action(() =>
    onContacts(config, async ({ owners, url }) => {
      const now = new Date();
      process.stdout.write(purgeText(await purgeExpired(owners, now)));
      process.stdout.write(retainedText(await purgeRetained(owners.testimonies, config.retention, now)));
      await purgeOfReports(config, url);
      await purgeOfAnswers(config, url);
    }),
  );
  verb('rotate', 'encrypt again, under the first key, what is under the others').action(() =>
    onContacts(config, async ({ owners, vault }) => {
      requireKey(vault);
      const rotation = await rotate(owners.contacts, vault);
      const status = await contactsStatus(owners.contacts, vault, new Date());
      process.stdout.write(rotationText(rotation, status));
      if (rotation.unreadable.length > 0) process.exitCode = 1;
    }),
  );
  verb('status', 'how many contacts are kept, under which keys').action(() =>
    onContacts(config, async ({ owners, vault }) => {
      const status = await contactsStatus(owners.contacts, vault, new Date());
      process.stdout.write(statusText(status));
      if (status.keys.some(({ state }) => state === 'MISSING')) process.exitCode = 1;
    }),
  );
  verb('new-key', 'print a new key for HUB_CONTACT_KEYS; it is kept nowhere').action(() => {
    process.stdout.write(`${newSecretKey(new Date())}\n`);
  });
  return privacy;
}

interface EraseFlags {
  testimony?: string[];
  emailStdin?: true;
  report?: string[];
}

const usage = (error: { exitCode: number }) => process.exit(error.exitCode === 0 ? 0 : 2);

function requireKey({ keyIds }: Vault): void {
  if (keyIds.length > 0) return;
  throw new Error(
    'no key is configured: set HUB_CONTACT_KEYS (npm run hub -- privacy new-key prints a new one)',
  );
}

/** Runs work as the owners of the two schemas. */
function onContacts(
  config: Config,
  work: (tools: { owners: Owners; vault: Vault; url: string }) => Promise<void>,
): Promise<void> {
  return withDatabase(config, async (url) => {
    const contacts: Owners['contacts'] = connect(url, 'contacts', 'owner', { max: 1 });
    const testimonies: Owners['testimonies'] = connect(url, 'testimonies', 'owner', { max: 1 });
    try {
      await work({ owners: { contacts, testimonies }, vault: openVault(config.contactKeys), url });
    } finally {
      await Promise.all([contacts.destroy(), testimonies.destroy()]);
    }
  });
}

async function erase(config: Config, { testimony }: EraseFlags): Promise<void> {
  if (testimony !== undefined) {
    await onContacts(config, async ({ owners }) => {
      process.stdout.write(erasureText(await eraseByTestimony(owners, testimony), 0));
    });
    return;
  }
  requireKey(openVault(config.contactKeys));
  const email = await firstLine('E-mail address');
  await onContacts(config, async ({ owners, vault }) => {
    const erasure = await eraseByEmail(owners, vault, email);
    process.stdout.write(erasureText(erasure, erasure.unsearched));
    if (erasure.unsearched > 0) process.exitCode = 1;
  });
}
