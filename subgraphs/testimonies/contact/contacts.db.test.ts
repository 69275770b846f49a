import { inspect } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hubMigrations } from '../../../kernel/postgres/migrate.ts';
import { ROLES } from '../../../kernel/postgres/roles.ts';
import { ANONYMOUS, type Viewer, type ViewerRole } from '../../../kernel/viewer.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { clearAuthors, contactOf, PERSONAL, pools, seedAuthors, ZOE } from './fixtures/authors.ts';
import { dump, traces } from './fixtures/dump.ts';
import { keysOf } from './fixtures/keys.ts';
import { readContact, storeContact } from './store.query.ts';
import type { ContactsDatabase } from './tables.ts';
import { openVault } from './vault.ts';

const database = await testDatabase();
const { agent, owners } = pools(database);
const vault = openVault(keysOf('new', 'old'));
const viewer = (role: ViewerRole): Viewer => ({ ...ANONYMOUS, role, subject: 'person:7' });
const MODERATOR = viewer('MODERATOR');

beforeEach(() => seedAuthors(owners.testimonies, agent, vault));
afterEach(() => clearAuthors(owners));

/** Everything that an error would show to whoever prints it. */
const failure = async (work: Promise<unknown>) =>
  inspect(
    await work.then(
      () => 'no failure',
      (error: unknown) => error,
    ),
    { depth: 9, showHidden: true },
  );

test('what is stored is read again, and stored anew in place of what was', async () => {
  expect(await readContact(agent, vault, MODERATOR, 'TEM-1')).toEqual(contactOf('TEM-1'));
  const moved = contactOf('TEM-1', { email: 'moved@exemple.fr', phone: null });
  await storeContact(agent, vault, moved);
  expect(await readContact(agent, vault, MODERATOR, 'TEM-1')).toEqual(moved);
  expect(await readContact(agent, vault, MODERATOR, 'TEM-404')).toBeNull();
});

test('nothing is in clear in any column, nor in the texts of statements', async () => {
  await sql`analyze contacts.contact, contacts.access`.execute(owners.contacts);
  const lines = await dump(database.url, 'contacts');
  expect(lines.filter((line) => line.startsWith('contacts.contact '))).toHaveLength(3);
  expect(traces(lines, PERSONAL)).toEqual([]);
  // The search itself finds what is there.
  expect(traces(lines, ['follow-up-2026']).length).toBeGreaterThan(2);
  expect(traces(await dump(database.url), PERSONAL).length).toBeGreaterThan(2);
  const { statements } = await countStatements(() => storeContact(agent, vault, contactOf('TEM-1')));
  expect(statements).toHaveLength(1);
  expect(traces(statements, PERSONAL)).toEqual([]);
});

test('a row moved to another testimony, or changed, does not open', async () => {
  await sql`
    update contacts.contact c set nonce = o.nonce, ciphertext = o.ciphertext, key_id = o.key_id
      from contacts.contact o where c.testimony_id = 'TEM-1' and o.testimony_id = 'TEM-2'`.execute(
    owners.contacts,
  );
  await sql`update contacts.contact set ciphertext = set_byte(ciphertext, 3, (get_byte(ciphertext, 3) + 1) % 256)
             where testimony_id = 'TEM-3'`.execute(owners.contacts);
  for (const id of ['TEM-1', 'TEM-3']) {
    const said = await failure(readContact(agent, vault, MODERATOR, id));
    expect(said).toContain(`The contact of ${id} does not open with the key "new"`);
    expect(traces([said], PERSONAL)).toEqual([]);
  }
  expect(await readContact(agent, vault, MODERATOR, 'TEM-2')).not.toBeNull();
});

test('without a key nothing is stored, and what is stored under another key is not read', async () => {
  const said = await failure(storeContact(agent, openVault([]), contactOf('TEM-9')));
  expect(said).toContain('Contact details cannot be kept or looked for here: no key is configured.');
  expect(traces([said], PERSONAL)).toEqual([]);
  expect(await dump(database.url, 'contacts')).not.toContainEqual(expect.stringContaining('TEM-9'));
  const other = readContact(agent, openVault(keysOf('other')), MODERATOR, 'TEM-1');
  await expect(other).rejects.toThrow('under the key "new", which is not configured');
});

test('whatever goes wrong, an error holds nothing of the contact', async () => {
  const broken = database.connect<ContactsDatabase>('contacts', 'public');
  for (const said of [
    await failure(storeContact(broken, vault, contactOf('TEM-1'))),
    await failure(storeContact(agent, vault, contactOf('TEM-1', { phone: '+33 6 98 76 54 32 or later' }))),
    await failure(storeContact(agent, vault, contactOf('TEM-1', { consentAt: new Date(Number.NaN) }))),
  ]) {
    expect(said).not.toBe("'no failure'");
    expect(traces([said], [...Object.values(ZOE), '98 76 54'])).toEqual([]);
  }
});

describe('who looks', () => {
  const accesses = () =>
    owners.contacts
      .selectFrom('contacts.access')
      .select(['actor', 'action', 'testimony_id'])
      .orderBy('id')
      .execute();

  test('is recorded before anything is read, without content', async () => {
    await readContact(agent, vault, MODERATOR, 'TEM-1');
    await readContact(agent, vault, viewer('DITP'), 'TEM-404');
    await readContact(agent, openVault([]), MODERATOR, 'TEM-2').catch(() => undefined);
    expect(await accesses()).toEqual(
      ['TEM-1', 'TEM-404', 'TEM-2'].map((testimony_id) => ({
        actor: 'person:7',
        action: 'READ',
        testimony_id,
      })),
    );
  });

  test.each(['PUBLIC', 'ANALYST', 'LOCAL_REFERENT', 'SUPER_AGENT', 'NETWORK_HQ'] as const)(
    'is not %s, for whom known and unknown are the same',
    async (role) => {
      const refusals = await Promise.all(
        ['TEM-1', 'TEM-404', 'nonsense'].map((id) => failure(readContact(agent, vault, viewer(role), id))),
      );
      expect(new Set(refusals.map((said) => said.split('\n')[0])).size).toBe(1);
      expect(refusals[0]).toContain('FORBIDDEN');
      expect(await accesses()).toEqual([]);
    },
  );

  test('is never nobody', async () => {
    const nobody = { ...MODERATOR, subject: null };
    await expect(readContact(agent, vault, nobody, 'TEM-1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('rights in the database', () => {
  const strangers = hubMigrations()
    .filter(({ name }) => name !== 'contacts')
    .flatMap(({ name }) => ROLES.map((role) => ({ name, role })));

  test.each(strangers)('$name $role may not look into the schema', async ({ name, role }) => {
    const db = database.connect<unknown>(name, role, { max: 1 });
    for (const statement of [
      sql`select from contacts.contact`,
      sql`select from contacts.access`,
      sql`delete from contacts.contact`,
      sql`create table contacts.mine ()`,
    ]) {
      await expect(statement.execute(db)).rejects.toThrow('permission denied for schema contacts');
    }
  });

  test('contacts_public may do nothing; contacts_agent neither erases nor sees who looked', async () => {
    const anybody = database.connect<unknown>('contacts', 'public');
    for (const table of ['contact', 'access']) {
      const read = sql`select from ${sql.table(`contacts.${table}`)}`;
      await expect(read.execute(anybody)).rejects.toThrow(`permission denied for table ${table}`);
    }
    for (const [statement, table] of [
      [sql`delete from contacts.contact`, 'contact'],
      [sql`select from contacts.access`, 'access'],
      [sql`delete from contacts.access`, 'access'],
      [sql`update contacts.access set actor = 'somebody else'`, 'access'],
    ] as const) {
      await expect(statement.execute(agent)).rejects.toThrow(`permission denied for table ${table}`);
    }
  });

  test('and the roles of contacts have no right on testimonies', async () => {
    for (const role of ROLES) {
      const db = database.connect<unknown>('contacts', role, { max: 1 });
      const read = sql`select pseudonym from testimonies.testimony`.execute(db);
      await expect(read).rejects.toThrow('permission denied for schema testimonies');
    }
  });
});
