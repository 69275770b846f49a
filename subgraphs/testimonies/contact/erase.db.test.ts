import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { eraseByEmail, eraseByTestimony, purgeExpired } from './erase.query.ts';
import { clearAuthors, PSEUDONYMS, pools, seedAuthors, ZOE } from './fixtures/authors.ts';
import { dump, traces } from './fixtures/dump.ts';
import { keysOf } from './fixtures/keys.ts';
import { openVault } from './vault.ts';

const database = await testDatabase();
const { agent, owners } = pools(database);
const vault = openVault(keysOf('new', 'old'));
const NOW = new Date('2026-07-01T00:30:00Z');

beforeEach(() => seedAuthors(owners.testimonies, agent, vault));
afterEach(() => clearAuthors(owners));

const kept = async () =>
  (
    await owners.contacts
      .selectFrom('contacts.contact')
      .select('testimony_id')
      .orderBy('testimony_id')
      .execute()
  ).map(({ testimony_id }) => testimony_id);
const pseudonyms = async () => {
  const { rows } = await sql<{ id: string; pseudonym: string | null }>`
    select id, pseudonym from testimonies.testimony order by id`.execute(owners.testimonies);
  return Object.fromEntries(rows.map(({ id, pseudonym }) => [id, pseudonym]));
};
const records = async () =>
  (
    await owners.contacts
      .selectFrom('contacts.access')
      .select(['actor', 'action', 'testimony_id'])
      .orderBy('id')
      .execute()
  ).map(({ actor, action, testimony_id }) => `${actor} ${action} ${testimony_id}`);

/** Puts the rows of a testimony where imports keep them for their undoing, and has the planner take samples. */
async function spread(): Promise<void> {
  const id = randomUUID();
  await sql`insert into testimonies.import (id, feed, scope, file_name, sha256, bytes, state)
            values (${id}, 'sp-testimonies', '', 'export.csv', 'x', 1, 'FAILED')`.execute(owners.testimonies);
  await sql`insert into testimonies.import_before (import_id, entity, entity_id, before)
            select ${id}::uuid, 'testimony', t.id, to_jsonb(t) from testimonies.testimony t`.execute(
    owners.testimonies,
  );
  await sql`analyze testimonies.testimony, testimonies.import_before`.execute(owners.testimonies);
}

test('erasing an author by address leaves nothing behind in the whole database', async () => {
  await spread();
  const personal = [...Object.values(ZOE), PSEUDONYMS['TEM-1'], PSEUDONYMS['TEM-3'], 'quibble', 'zorglub'];
  const indexes = vault.emailIndexes(ZOE.email).map((index) => index.toString('hex'));
  const before = await dump(database.url);
  // Two testimonies and what was captured of them, no sample of the planner: the search finds what is there.
  expect(traces(before, personal)).toHaveLength(4);
  expect(traces(before, indexes)).toHaveLength(2);

  const erasure = await eraseByEmail(owners, vault, ' ZOE.QUIBBLE@exemple.fr');
  expect(erasure).toEqual({
    contacts: 2,
    testimonies: ['TEM-1', 'TEM-3'],
    deleted: [],
    unknown: [],
    unsearched: 0,
  });
  await sql`analyze testimonies.testimony`.execute(owners.testimonies);

  const after = await dump(database.url);
  expect(traces(after, [...personal, ...indexes])).toEqual([]);
  expect(after.filter((line) => line.startsWith('contacts.contact '))).toHaveLength(1);
  expect(await kept()).toEqual(['TEM-2']);
  expect(await pseudonyms()).toEqual({ 'TEM-1': null, 'TEM-2': 'Kwyjibo42', 'TEM-3': null });
  expect(await records()).toEqual(['operator ERASED TEM-1', 'operator ERASED TEM-3']);
});

test('the published text stays as it was, except the pseudonym', async () => {
  const published = async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select to_jsonb(t) - 'pseudonym' as row from testimonies.published_testimony t order by id`.execute(
      owners.testimonies,
    );
    return rows;
  };
  const before = await published();
  await eraseByTestimony(owners, ['TEM-1']);
  expect(before).toHaveLength(3);
  expect(await published()).toEqual(before);
});

test('erasing again does nothing more, and says so', async () => {
  expect(await eraseByTestimony(owners, ['TEM-1', 'TEM-1'])).toEqual({
    contacts: 1,
    testimonies: ['TEM-1'],
    deleted: [],
    unknown: [],
  });
  expect(await eraseByTestimony(owners, ['TEM-1'])).toEqual({
    contacts: 0,
    testimonies: [],
    deleted: [],
    unknown: [],
  });
  expect(await eraseByEmail(owners, vault, 'nobody@exemple.fr')).toMatchObject({
    contacts: 0,
    testimonies: [],
  });
  expect(await records()).toEqual(['operator ERASED TEM-1']);
});

test('whatever writes the testimony later, it stays anonymous', async () => {
  await spread();
  await eraseByTestimony(owners, ['TEM-1']);
  await sql`update testimonies.testimony set pseudonym = 'Zorglub77'`.execute(owners.testimonies);
  expect(await pseudonyms()).toEqual({ 'TEM-1': null, 'TEM-2': 'Zorglub77', 'TEM-3': 'Zorglub77' });
  await sql`delete from testimonies.testimony where id = 'TEM-1'`.execute(owners.testimonies);
  await sql`insert into testimonies.testimony (id, state, title, body, pseudonym, feeling, written_on)
            values ('TEM-1', 'SUBMITTED', 'a', 'b', 'Zorglub77', 'NEUTRAL', '2026-01-01')`.execute(
    owners.testimonies,
  );
  expect((await pseudonyms())['TEM-1']).toBeNull();
});

test('so it does for those who may not see who was forgotten', async () => {
  await eraseByTestimony(owners, ['TEM-1']);
  await sql`grant select, update on testimonies.testimony to testimonies_agent`.execute(owners.testimonies);
  await sql`create policy writes on testimonies.testimony to testimonies_agent using (true)`.execute(
    owners.testimonies,
  );
  const writer = database.connect<unknown>('testimonies', 'agent');
  await sql`update testimonies.testimony set pseudonym = 'Zorglub77'`.execute(writer);
  await sql`revoke update on testimonies.testimony from testimonies_agent`.execute(owners.testimonies);
  await sql`drop policy writes on testimonies.testimony`.execute(owners.testimonies);
  expect(await pseudonyms()).toEqual({ 'TEM-1': null, 'TEM-2': 'Zorglub77', 'TEM-3': 'Zorglub77' });
  await expect(sql`select from testimonies.erased_author`.execute(writer)).rejects.toThrow(
    'permission denied',
  );
});

test('a testimony that is not here yet is anonymous when it comes', async () => {
  expect(await eraseByTestimony(owners, ['TEM-9'])).toEqual({
    contacts: 0,
    testimonies: ['TEM-9'],
    deleted: [],
    unknown: ['TEM-9'],
  });
  await sql`insert into testimonies.testimony (id, state, title, body, pseudonym, feeling, written_on)
            values ('TEM-9', 'SUBMITTED', 'a', 'b', 'Zorglub79', 'NEUTRAL', '2026-01-01')`.execute(
    owners.testimonies,
  );
  expect((await pseudonyms())['TEM-9']).toBeNull();
});

test.each(['STR-1', 'TEM-1; drop', ''])('"%s" is no testimony to erase', async (id) => {
  const erasing = eraseByTestimony(owners, ['TEM-1', id]);
  await expect(erasing).rejects.toThrow('"testimonyId" has not the form');
  expect(await kept()).toHaveLength(3);
});

test('an address is found under an older key, and contacts under a missing key are counted', async () => {
  const older = openVault(keysOf('later', 'new'));
  expect(await eraseByEmail(owners, older, ZOE.email)).toMatchObject({ contacts: 2, unsearched: 0 });
  const stranger = openVault(keysOf('later'));
  expect(await eraseByEmail(owners, stranger, 'other@exemple.fr')).toMatchObject({
    contacts: 0,
    unsearched: 1,
  });
  await expect(eraseByEmail(owners, openVault([]), ZOE.email)).rejects.toMatchObject({
    code: 'SOURCE_UNAVAILABLE',
  });
});

test('a purge erases what is past its last day, and nothing sooner', async () => {
  const none = { contacts: 0, testimonies: 0, accesses: 0 };
  expect(await purgeExpired(owners, new Date('2026-06-30T23:59:59Z'))).toEqual(none);
  expect(await kept()).toHaveLength(3);
  expect(await purgeExpired(owners, NOW)).toEqual({ contacts: 1, testimonies: 1, accesses: 0 });
  expect(await kept()).toEqual(['TEM-1', 'TEM-3']);
  expect(await pseudonyms()).toMatchObject({ 'TEM-1': 'Zorglub77', 'TEM-2': null });
  expect(await records()).toEqual(['operator PURGED TEM-2']);
  expect(await purgeExpired(owners, NOW)).toEqual(none);
});

test('a purge takes as many as there are, and forgets accesses of more than a year ago', async () => {
  await sql`
    insert into contacts.contact
    select 'TEM-old-' || n, key_id, nonce, ciphertext, email_index, consent, consent_at, retention_until
      from contacts.contact, generate_series(1, 2500) n where testimony_id = 'TEM-2'`.execute(
    owners.contacts,
  );
  await sql`
    insert into contacts.access (actor, action, testimony_id, at)
    values ('person:1', 'READ', 'TEM-1', '2025-06-30'), ('person:1', 'READ', 'TEM-1', '2025-07-02')`.execute(
    owners.contacts,
  );
  expect(await purgeExpired(owners, NOW)).toEqual({ contacts: 2501, testimonies: 2501, accesses: 1 });
  expect(await kept()).toHaveLength(2);
});

test('when the testimony cannot be made anonymous, the contact stays to be erased again', async () => {
  const failing = { ...owners, testimonies: database.connect<unknown>('testimonies', 'public') };
  await expect(eraseByEmail(failing, vault, ZOE.email)).rejects.toThrow('permission denied');
  expect(await kept()).toHaveLength(3);
  expect(await records()).toEqual([]);
  expect(await eraseByEmail(owners, vault, ZOE.email)).toMatchObject({ contacts: 2 });
});
