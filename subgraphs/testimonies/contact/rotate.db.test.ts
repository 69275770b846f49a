import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { eraseByEmail } from './erase.query.ts';
import { clearAuthors, contactOf, pools, seedAuthors, ZOE } from './fixtures/authors.ts';
import { keysOf } from './fixtures/keys.ts';
import { rotate } from './rotate.query.ts';
import { contactsStatus } from './status.query.ts';
import { readContact, storeContact } from './store.query.ts';
import { openVault } from './vault.ts';

const database = await testDatabase();
const { agent, owners } = pools(database);
const MODERATOR = { ...ANONYMOUS, role: 'MODERATOR', subject: 'person:7' } as const;
const NOW = new Date('2026-07-01T12:00:00Z');
const old = openVault(keysOf('old'));
const both = openVault(keysOf('new', 'old'));
const only = openVault(keysOf('new'));

beforeEach(() => seedAuthors(owners.testimonies, agent, old));
afterEach(() => clearAuthors(owners));

const keys = async (vault = both) =>
  (await contactsStatus(owners.contacts, vault, NOW)).keys.map(
    ({ id, contacts, state }) => `${id} ${contacts} ${state}`,
  );

test('after a rotation the older key is needed no more, to read or to find', async () => {
  expect(await keys()).toEqual(['new 0 ENCRYPTS', 'old 3 DECRYPTS']);
  expect(await rotate(owners.contacts, both)).toEqual({ rotated: 3, unreadable: [] });
  expect(await keys(only)).toEqual(['new 3 ENCRYPTS']);
  expect(await readContact(agent, only, MODERATOR, 'TEM-1')).toEqual(contactOf('TEM-1'));
  expect(await eraseByEmail(owners, only, ZOE.email)).toMatchObject({ contacts: 2, unsearched: 0 });
  expect(await rotate(owners.contacts, both)).toEqual({ rotated: 0, unreadable: [] });
});

test('a rotation that was stopped goes on where it was', async () => {
  await storeContact(agent, both, contactOf('TEM-1'));
  expect(await keys()).toEqual(['new 1 ENCRYPTS', 'old 2 DECRYPTS']);
  expect(await readContact(agent, both, MODERATOR, 'TEM-3')).toMatchObject({ testimonyId: 'TEM-3' });
  expect(await rotate(owners.contacts, both, 1)).toEqual({ rotated: 2, unreadable: [] });
  expect(await keys()).toEqual(['new 3 ENCRYPTS', 'old 0 DECRYPTS']);
});

test('one that does not open is told and left as it was; the others go on', async () => {
  const tamper = sql`update contacts.contact set ciphertext = ciphertext || '\\x00' where testimony_id = 'TEM-2'`;
  await tamper.execute(owners.contacts);
  expect(await rotate(owners.contacts, both, 1)).toEqual({ rotated: 2, unreadable: ['TEM-2'] });
  expect(await keys()).toEqual(['new 2 ENCRYPTS', 'old 1 DECRYPTS']);
});

test('what is under a key that is missing is counted and left alone', async () => {
  expect(await rotate(owners.contacts, only)).toEqual({ rotated: 0, unreadable: [] });
  expect(await keys(only)).toEqual(['new 0 ENCRYPTS', 'old 3 MISSING']);
  expect(await keys(openVault([]))).toEqual(['old 3 MISSING']);
  await expect(rotate(owners.contacts, openVault([]))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('many, in several batches, while others are stored', async () => {
  const ids = Array.from({ length: 120 }, (_, n) => `TEM-many-${n}`);
  await Promise.all(ids.map((id) => storeContact(agent, old, contactOf(id))));
  const [{ rotated }] = await Promise.all([
    rotate(owners.contacts, both, 25),
    ...ids.slice(0, 20).map((id) => storeContact(agent, both, contactOf(id, { email: 'moved@exemple.fr' }))),
  ]);
  expect(rotated).toBeGreaterThanOrEqual(103);
  expect(await keys()).toEqual(['new 123 ENCRYPTS', 'old 0 DECRYPTS']);
  for (const id of ids.slice(0, 20)) {
    expect((await readContact(agent, only, MODERATOR, id))?.email).toBe('moved@exemple.fr');
  }
});

test('the status counts what the next purge takes', async () => {
  expect(await contactsStatus(owners.contacts, both, NOW)).toMatchObject({ contacts: 3, due: 1 });
  expect(await contactsStatus(owners.contacts, both, new Date('2026-06-30'))).toMatchObject({ due: 0 });
});
