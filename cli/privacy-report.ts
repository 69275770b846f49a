import type { Erasure } from '../subgraphs/testimonies/contact/erase.query.ts';
import type { Purged } from '../subgraphs/testimonies/contact/retention.query.ts';
import type { Rotation } from '../subgraphs/testimonies/contact/rotate.query.ts';
import type { ContactsStatus, KeyStatus } from '../subgraphs/testimonies/contact/status.query.ts';

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const testimonies = (count: number) => `${count} ${count === 1 ? 'testimony' : 'testimonies'}`;

/** What an erasure did, by ids and counts: never an address. */
export function erasureText(
  { contacts, testimonies: made, deleted, unknown }: Erasure,
  unsearched: number,
): string {
  const here = made.filter((id) => !unknown.includes(id) && !deleted.includes(id));
  const done =
    contacts === 0 && here.length === 0 && deleted.length === 0
      ? 'Nothing to erase.'
      : `Erased ${plural(contacts, 'contact')}, ${testimonies(here.length)} made anonymous${listed(here)}.`;
  const lines = [done];
  if (deleted.length > 0) lines.push(`Not public, erased as a whole${listed(deleted)}.`);
  if (unknown.length > 0) lines.push(`Not here, anonymous if imported later${listed(unknown)}.`);
  if (unsearched > 0) {
    lines.push(
      `${plural(unsearched, 'contact')} could not be searched, under a key that is not configured: ` +
        'add it to HUB_CONTACT_KEYS and run this again (npm run hub -- privacy status names it).',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What a purge did. */
export const purgeText = (done: { contacts: number; testimonies: number; accesses: number }): string =>
  `Erased ${plural(done.contacts, 'contact')} past their last day, ${testimonies(done.testimonies)} made anonymous, ` +
  `${plural(done.accesses, 'record')} of access older than a year.\n`;

/** What a purge did beside contacts. */
export const retainedText = ({ rejected, votes }: Purged): string =>
  `Erased ${testimonies(rejected)} rejected long ago, ${plural(votes, 'mark')} of a similar experience.\n`;

/** What a rotation did. */
export function rotationText({ rotated, unreadable }: Rotation, status: ContactsStatus): string {
  const lines = [`Encrypted ${plural(rotated, 'contact')} again, under the first key.`];
  if (unreadable.length > 0) {
    lines.push(
      `${plural(unreadable.length, 'contact')} left as they were, not what was sealed${listed(unreadable)}.`,
    );
  }
  return `${lines.join('\n')}\n${keysText(status)}`;
}

/** What is kept, and under which keys. */
export function statusText(status: ContactsStatus): string {
  const due = status.due === 0 ? '' : `, ${status.due} past their last day: npm run hub -- privacy purge`;
  const refused = status.keys.some(({ state }) => state === 'ENCRYPTS')
    ? ''
    : 'No key is configured, contacts are refused: npm run hub -- privacy new-key\n';
  return `${plural(status.contacts, 'contact')} kept${due}\n${refused}${keysText(status)}`;
}

const listed = (ids: readonly string[]) => (ids.length === 0 ? '' : `: ${ids.join(' ')}`);

const keysText = ({ keys }: ContactsStatus) =>
  keys.map((key) => `  key ${key.id}: ${plural(key.contacts, 'contact')}, ${use(key)}\n`).join('');

function use({ contacts, state }: KeyStatus): string {
  if (state === 'ENCRYPTS') return 'encrypts';
  if (state === 'MISSING') return 'not configured: nobody can read them';
  return contacts === 0 ? 'can be removed' : 'decrypts: npm run hub -- privacy rotate';
}
