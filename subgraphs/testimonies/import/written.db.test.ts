import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { anonymise } from '../contact/anonymise.query.ts';
import { csv, importText, problemsOf, row } from '../fixtures/import-text.ts';
import { importWorld } from '../fixtures/import-world.ts';
import { keepImportsOut, markWritten } from '../testimony/written.query.ts';
import { testimoniesFeeds } from './feeds.ts';

const { database, owner, one } = await importWorld();
const FEEDS = new Map(testimoniesFeeds.map((feed) => [feed.name, feed]));
const load = (rows: readonly Record<string, string>[], options = {}) =>
  importText(database.url, csv(rows), options);
const titles = () => one(sql`select id, title, state, version from testimonies.testimony order by id`);

const WAITING = row({ 'Etat expérience': 'À modérer', 'Date de publication': '' });
/** Advisory locks of this database. */
const LOCKS = sql`
  select from pg_locks where locktype = 'advisory'
     and database = (select oid from pg_database where datname = current_database())`;

/** As a moderator does. */
const publish = () =>
  sql`
    update testimonies.testimony set state = 'PUBLISHED', published_on = '2024-03-06', decided_on = '2024-03-06',
      version = version + 1 where id = 'TEM-1'`.execute(owner);

test('a file does not write over what was decided in the hub, unless told to', async () => {
  const first = await load([WAITING, row({ 'ID expérience': '2' })]);
  await publish();
  await markWritten(owner, 'TEM-1');

  const same = await load([WAITING, row({ 'ID expérience': '2' })], { force: true });
  expect([same.merge, same.problems]).toMatchObject([{ unchanged: 2 }, []]);

  const files = [{ ...WAITING, Titre: 'Autrement' }, row({ 'ID expérience': '2', Titre: 'Autrement' })];
  const other = await load(files);
  expect(problemsOf(other)).toEqual(['WRITTEN_IN_THE_HUB QUARANTINED 2 ID expérience']);
  expect(other).toMatchObject({ state: 'PUBLISHED', merge: { updated: 1, unchanged: 0 } });
  expect(await titles()).toEqual([
    { id: 'TEM-1', title: 'Un titre', state: 'PUBLISHED', version: 2 },
    { id: 'TEM-2', title: 'Autrement', state: 'PUBLISHED', version: 2 },
  ]);
  await expect(
    rollbackImport(FEEDS, 'testimonies', String(first.importId), { databaseUrl: database.url }),
  ).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });

  // Even a file that says what it said before wins, where the operator wants it.
  const replaced = await load([WAITING], { options: { written: 'replace' } });
  expect([replaced.merge, replaced.problems]).toMatchObject([{ updated: 1 }, []]);
  expect(
    await one(sql`
    select state, version, written_at, decided_on, published_on, import_id is not null as imported
      from testimonies.testimony where id = 'TEM-1'`),
  ).toEqual([
    {
      state: 'SUBMITTED',
      version: 3,
      written_at: null,
      decided_on: null,
      published_on: null,
      imported: true,
    },
  ]);
});

test('what is not public of a forgotten author does not come back', async () => {
  await anonymise(owner, ['TEM-1', 'TEM-2']);
  const report = await load([
    row({ 'Etat expérience': 'Rejetée' }),
    row({ 'ID expérience': '2', 'Pseudonyme usager': 'Zoé' }),
  ]);
  expect(problemsOf(report)).toEqual(['ERASED_AUTHOR QUARANTINED 2 ID expérience']);
  expect(await one(sql`select id, pseudonym from testimonies.testimony`)).toEqual([
    { id: 'TEM-2', pseudonym: null },
  ]);
});

test('a file waits for a command that is under way, and sees what it wrote', async () => {
  await load([WAITING]);
  let done: () => void = () => undefined;
  const command = owner.transaction().execute(async (trx) => {
    await keepImportsOut(trx);
    await new Promise<void>((resolve) => {
      done = resolve;
    });
    await markWritten(trx, 'TEM-1');
  });
  await expect.poll(() => one(sql`${LOCKS} and granted`)).not.toEqual([]);
  const importing = load([{ ...WAITING, Titre: 'Autrement' }]);
  await expect
    .poll(() => one(sql`${LOCKS} and not granted`), {
      timeout: 20_000,
    })
    .not.toEqual([]);
  done();
  await command;
  expect(problemsOf(await importing)).toEqual(['WRITTEN_IN_THE_HUB QUARANTINED 2 ID expérience']);
});
