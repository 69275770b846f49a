import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { captureBefore, type Entity } from './before.ts';
import { integer, text } from './columns.ts';
import { defineFeed, type Feed } from './feed.ts';
import { rollbackImport } from './rollback.ts';
import { runImport } from './run.ts';
import { sheet } from './sheet.ts';
import { toyDatabase } from './toy/database.ts';

const { url, owner, reset } = await toyDatabase();

const shelf: Entity = { name: 'shelf', table: 'toy.shelf', key: ['id'] };
const book: Entity = { name: 'book', table: 'toy.book', key: ['shelf', 'position'] };

/** Replaces the books of a shelf: rows are made, changed and deleted, under a key of two columns. */
const books = defineFeed({
  name: 'toy-books',
  subgraph: 'toy',
  description: 'Books of each shelf',
  input: sheet({
    columns: {
      shelf: text({ header: 'shelf', required: true }),
      position: integer({ header: 'position', required: true }),
      title: text({ header: 'title', required: true }),
    },
  }),
  scope: () => 'all',
  entities: [shelf, book],
  async merge(trx, { importId }) {
    await captureBefore(trx, importId, shelf, sql`select distinct shelf as id from import_row`);
    await captureBefore(
      trx,
      importId,
      book,
      sql`select shelf, position from import_row
        union select b.shelf, b.position from toy.book b where b.shelf in (select shelf from import_row)`,
    );
    await sql`insert into toy.shelf (id) select distinct shelf from import_row on conflict do nothing`.execute(
      trx,
    );
    await sql`
      delete from toy.book b where b.shelf in (select shelf from import_row)
        and not exists (select from import_row r where (r.shelf, r.position) = (b.shelf, b.position))`.execute(
      trx,
    );
    await sql`
      insert into toy.book (shelf, position, title) select shelf, position, title from import_row
      on conflict (shelf, position) do update set title = excluded.title`.execute(trx);
    return { inserted: 0, updated: 0, unchanged: 0, closed: 0 };
  },
});

beforeAll(async () => {
  await sql`create table toy.shelf (id text primary key, made timestamptz not null default now(), place point, price numeric default 10.50)`.execute(
    owner,
  );
  await sql`
    create table toy.book (
      shelf text references toy.shelf, position integer, title text, loud text generated always as (upper(title)) stored,
      tags text[] default '{a,"b c"}', primary key (shelf, position)
    )`.execute(owner);
});
beforeEach(async () => {
  await reset();
  await sql`truncate toy.book, toy.shelf`.execute(owner);
});

const feeds = new Map<string, Feed>([[books.name, books]]);
async function imported(...rows: string[]): Promise<string> {
  const stream = Readable.from([['shelf;position;title', ...rows].join('\n')]);
  return (await runImport(books, { name: 'books.csv', stream }, { databaseUrl: url })).importId ?? '';
}
const everything = async () => ({
  shelves: (
    await sql`select id, made::text, place::text, price::text from toy.shelf order by id`.execute(owner)
  ).rows,
  books: (await sql`select shelf, position, title, loud, tags from toy.book order by 1, 2`.execute(owner))
    .rows,
});
const captured = async (importId: string) =>
  (
    await sql<{ key: string }>`
      select entity_id as key from toy.import_before where import_id = ${importId}
      order by entity, entity_id collate "C"`.execute(owner)
  ).rows.map(({ key }) => key);

test('new, changed and deleted rows under a compound key are put back, exactly', async () => {
  await imported('A;1;one', 'A;2;two', 'A;3;three');
  await sql`update toy.shelf set place = '(1.1,2.2)', made = '2020-01-01 10:11:12.123456+00'`.execute(owner);
  const before = await everything();
  const second = await imported('A;1;one', 'A;2;deux', 'A;4;four', 'B;1;new');
  expect(await captured(second), 'only what changed is remembered').toEqual([
    'A|2',
    'A|3',
    'A|4',
    'B|1',
    'B',
  ]);
  await rollbackImport(feeds, 'toy', second, { databaseUrl: url });
  expect(await everything()).toEqual(before);
});

test('a row that something else refers to is not deleted: conflict, nothing changed', async () => {
  const first = await imported('A;1;one');
  await sql`insert into toy.book (shelf, position, title) values ('A', 9, 'by hand')`.execute(owner);
  const before = await everything();
  await expect(rollbackImport(feeds, 'toy', first, { databaseUrl: url })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await everything()).toEqual(before);
});

test('rows may be kept where an entity says so', async () => {
  const keeping: Feed = { ...books, entities: [{ ...shelf, onNew: 'keep' }, book] };
  const first = await imported('A;1;one');
  await rollbackImport(new Map([[books.name, keeping]]), 'toy', first, { databaseUrl: url });
  expect(await everything()).toMatchObject({ shelves: [{ id: 'A' }], books: [] });
});
