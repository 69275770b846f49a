import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';
import { countStatements } from './statements.ts';

const database = await testDatabase();
const built: string[] = [];
const options = {
  template: 'kit',
  build: async (url: string) => {
    built.push(url);
  },
};
const [first, second] = await Promise.all([testDatabase(options), testDatabase(options)]);

test('each call gives a migrated database of its own', async () => {
  const db = database.connect('indicators', 'public');
  const { rows } = await sql<{ folded: string }>`select directory.fold('Évry') as folded`.execute(db);
  expect(rows).toEqual([{ folded: 'evry' }]);
  expect(new Set([database.url, first.url, second.url]).size).toBe(3);
});

test('a named template is built once', () => {
  expect(built).toHaveLength(1);
});

test('statements are counted, those that only frame a transaction apart', async () => {
  const db = database.connect('indicators', 'public');
  const { result, statements, control } = await countStatements(() =>
    db.transaction().execute(async (trx) => (await sql<{ n: number }>`select 1 as n`.execute(trx)).rows),
  );
  expect(result).toEqual([{ n: 1 }]);
  expect(statements).toEqual(['select 1 as n']);
  expect(control).toEqual(['begin', 'commit']);
});
