import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { exportedFile } from '../../../test/kit/exported.ts';
import { testimoniesExport } from '../export/testimonies.export.ts';
import { csv, importText, row } from '../fixtures/import-text.ts';
import { seedTestimonies } from '../fixtures/seed.ts';
import { SUBMITTED, submission } from '../fixtures/submitted.ts';
import { ANONYMOUS, MODERATOR, PORTAL, writersWorld } from '../fixtures/writers.ts';
import { testimoniesFeeds } from '../import/feeds.ts';
import { eraseByEmail, eraseByTestimony } from './erase.query.ts';
import { contactOf, pools, ZOE } from './fixtures/authors.ts';
import { dump, traces } from './fixtures/dump.ts';
import { keysOf } from './fixtures/keys.ts';
import { purgeRetained } from './retention.query.ts';
import { storeContact } from './store.query.ts';
import { openVault } from './vault.ts';

const { database, plain, ask, write } = await writersWorld();
const { agent, owners } = pools(database);
const vault = openVault(keysOf('new'));
const TESTIMONIES = { set: testimoniesExport, subgraph: 'testimonies' };
const KEEP = { rejected: 365, votes: 365 };

/** Somebody else's, so that the planner has something to take samples of. */
beforeEach(() =>
  seedTestimonies(plain, [
    { id: 'TEM-0', procedures: [['aide', null]], concerns: [{ structure: 'STR-caf' }] },
  ]),
);
afterEach(async () => {
  await sql`truncate testimonies.testimony, testimonies.erased_author, testimonies.import cascade`.execute(
    plain,
  );
  await sql`truncate contacts.contact`.execute(owners.contacts);
});

/** Words that nothing else in a database of tests holds, in everything that a user or a moderator writes. */
const WORDS = ['quibblement', 'snarkage', 'zorglub', 'frumieux', 'jabberwock'];

const submit = async (): Promise<string> => {
  const { testimony } = await write(
    PORTAL,
    'submitTestimony',
    'SubmitTestimonyInput',
    submission({
      title: 'Un quibblement',
      body: 'Au guichet, du snarkage.',
      pseudonym: 'Zorglub',
      procedures: ['allocation frumieuse', 'le frumieux'],
    }),
    SUBMITTED,
  );
  return (testimony as { id: string }).id;
};
const moderate = (name: string, id: string, version: number, more: object = {}) =>
  write(
    MODERATOR,
    name,
    Object.keys(more).length > 0 ? 'RejectTestimonyInput' : 'ModerationInput',
    { id, version, ...more },
    'testimony { state }',
  );
const REFUSAL = { reason: 'OTHER', words: 'Parle du jabberwock' };
const analyze = () => sql`analyze`.execute(plain);
const found = async () => traces(await dump(database.url), WORDS);

test.each(['waits', 'is rejected', 'was taken back'])(
  'nothing is left of a forgotten author’s testimony that %s',
  async (state) => {
    const id = await submit();
    if (state === 'is rejected') await moderate('rejectTestimony', id, 1, REFUSAL);
    if (state === 'was taken back') {
      await moderate('publishTestimony', id, 1);
      await moderate('withdrawTestimony', id, 2, REFUSAL);
    }
    await storeContact(agent, vault, contactOf(id));
    await analyze();
    expect((await found()).length).toBeGreaterThan(1);
    const erasure = await eraseByEmail(owners, vault, ZOE.email);
    expect(erasure).toMatchObject({ contacts: 1, deleted: [id], unknown: [] });
    expect(await found()).toEqual([]);
    expect(await eraseByTestimony(owners, [id])).toMatchObject({ contacts: 0, testimonies: [], deleted: [] });
  },
);

test('a public text stays, without its pseudonym, in the search and the export too', async () => {
  const id = await submit();
  await moderate('publishTestimony', id, 1);
  await eraseByTestimony(owners, [id]);
  await analyze();
  expect(traces(await dump(database.url), ['zorglub'])).toEqual([]);
  const { data } = await ask(
    ANONYMOUS,
    '{ testimonies(filter: { search: "quibblement" }) { nodes { id pseudonym } } }',
  );
  expect(data.testimonies.nodes).toEqual([{ id, pseudonym: null }]);
  const exported = String(await exportedFile(database.url, TESTIMONIES, 'csv', 'layout=open-data'));
  expect(exported).toContain('snarkage');
  expect(exported).not.toMatch(/zorglub/i);
});

test('neither a rollback nor the same file brings back what was erased', async () => {
  const rejected = row({
    'Etat expérience': 'Rejetée',
    Titre: 'Quibblement',
    'Motif de rejet': 'Jabberwock',
  });
  await importText(database.url, csv([rejected]));
  const second = await importText(database.url, csv([{ ...rejected, Description: 'Du snarkage.' }]));
  await eraseByTestimony(owners, ['TEM-1']);
  expect(await found()).toEqual([]);
  const feeds = new Map(testimoniesFeeds.map((feed) => [feed.name, feed]));
  await rollbackImport(feeds, 'testimonies', String(second.importId), { databaseUrl: database.url });
  expect(await found()).toEqual([]);
  await importText(database.url, csv([rejected]), { force: true });
  expect(await found()).toEqual([]);
});

test('rejected testimonies go after their time, with what imports keep of them; public ones and those that wait stay', async () => {
  const [waiting, rejected, published] = [await submit(), await submit(), await submit()];
  await moderate('rejectTestimony', rejected, 1, REFUSAL);
  await moderate('publishTestimony', published, 1);
  await importText(database.url, csv([row({ 'Etat expérience': 'Rejetée' })]));
  const ids = async () => {
    const { rows } = await sql<{ id: string }>`select id from testimonies.testimony order by id`.execute(
      plain,
    );
    return rows.map(({ id }) => id);
  };
  // Decided on 22 November 2026.
  expect(await purgeRetained(plain, KEEP, new Date('2027-11-22T12:00:00Z'))).toEqual({
    rejected: 0,
    votes: 0,
  });
  expect(await purgeRetained(plain, KEEP, new Date('2030-01-01T12:00:00Z'))).toEqual({
    rejected: 2,
    votes: 0,
  });
  expect(await ids()).toEqual(['TEM-0', waiting, published].toSorted());
  expect(traces(await dump(database.url), ['jabberwock'])).toEqual([]);
  const before = await sql`select from testimonies.import_before where entity_id like 'TEM-1%'`.execute(
    plain,
  );
  expect(before.rows).toEqual([]);
});

test('what is taken back of a forgotten author goes with the next purge', async () => {
  const id = await submit();
  await moderate('publishTestimony', id, 1);
  await eraseByTestimony(owners, [id]);
  await moderate('withdrawTestimony', id, 2, REFUSAL);
  expect(await purgeRetained(plain, KEEP, new Date())).toMatchObject({ rejected: 1 });
  expect(await found()).toEqual([]);
});

test('a purge ends receipts that are over, marks of votes and answers of long ago', async () => {
  const id = await submit();
  await moderate('publishTestimony', id, 1);
  await write(
    PORTAL,
    'sayILivedThis',
    'SimilarExperienceInput',
    { testimony: id, voter: randomUUID() },
    'testimony { similarExperiences }',
  );
  const later = new Date(Date.now() + 500 * 86_400_000);
  expect(await purgeRetained(plain, { rejected: 3650, votes: 365 }, later)).toEqual({
    rejected: 0,
    votes: 1,
  });
  for (const table of ['contact_receipt', 'similar_vote', 'idempotency']) {
    const { rows } = await sql`select from testimonies.${sql.id(table)}`.execute(plain);
    expect([table, rows]).toEqual([table, []]);
  }
});
