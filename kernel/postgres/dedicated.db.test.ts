import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { dedicated } from './dedicated.ts';

interface Tables {
  copied: { network: string; rate: string };
}

const database = await testDatabase();
const owner = database.connect<Tables>('indicators', 'owner');
await sql`create table copied (network text primary key, rate numeric not null)`.execute(owner);

const copy = (client: pg.Client, lines: string[]) =>
  pipeline(Readable.from(lines), client.query(copyFrom('copy copied from stdin (format csv)')));

const figures = (db: Kysely<Tables>) =>
  db.selectFrom('copied').select(['network', 'rate']).orderBy('network').execute();

test('COPY and queries share a transaction, which is rolled back whole', async () => {
  const { db, client, close } = await dedicated<Tables>(database.url, 'indicators', 'owner');
  const refused = db.transaction().execute(async (trx) => {
    await copy(client, ['caf,78.50\n', 'msa,55.10\n']);
    expect(await figures(trx)).toEqual([
      { network: 'caf', rate: '78.50' },
      { network: 'msa', rate: '55.10' },
    ]);
    throw new Error('not this time');
  });
  await expect(refused).rejects.toThrow('not this time');
  expect(await figures(owner)).toEqual([]);

  await db.transaction().execute(async () => {
    await copy(client, ['caf,78.50\n']);
  });
  expect(await figures(owner)).toEqual([{ network: 'caf', rate: '78.50' }]);
  await close();
});

test('borrowers of the connection wait for each other', async () => {
  const { db, close } = await dedicated<Tables>(database.url, 'indicators', 'owner');
  const order: string[] = [];
  const slow = db.transaction().execute(async (trx) => {
    await sql`select pg_sleep(0.05)`.execute(trx);
    order.push('transaction');
  });
  const quick = sql`select ${1}::int`.execute(db).then(() => order.push('query'));
  await Promise.all([slow, quick]);
  expect(order).toEqual(['transaction', 'query']);
  await close();
});

test('a wrong address is told at once', async () => {
  const url = new URL(database.url);
  url.pathname = '/no_such_database';
  await expect(dedicated(url.href, 'indicators', 'owner')).rejects.toThrow('no_such_database');
});
