import { Readable } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import type { Feed } from './feed.ts';
import { rollbackImport } from './rollback.ts';
import { runImport } from './run.ts';
import { toyDatabase } from './toy/database.ts';
import { toyResults } from './toy/results.ts';

const { url, reset, journal, stored } = await toyDatabase();
beforeEach(reset);

const feeds = new Map<string, Feed>([[toyResults.name, toyResults]]);
const HEADER = 'Code du résultat;Code structure;Valeur;Libellé;Date de mise à jour';

/** Imports rows and gives the import's id. */
async function imported(...rows: string[]): Promise<string> {
  const stream = Readable.from([[HEADER, ...rows].join('\n')]);
  const report = await runImport(toyResults, { name: 'rows.csv', stream }, { databaseUrl: url });
  expect(report.state).toBe('PUBLISHED');
  return report.importId ?? '';
}
const rollback = (id: string) => rollbackImport(feeds, 'toy', id, { databaseUrl: url });

test('the rows that an import changed are as before, the new ones are gone, the others untouched', async () => {
  await imported('R1;S1;10,50;é;2023-10-30', 'R2;S1;20;;');
  const before = await stored();
  const second = await imported('R1;S2;11;;', 'R2;S1;20;;', 'R3;S1;30;;');
  expect(await stored()).toHaveLength(3);
  const report = await rollback(second.slice(0, 8));
  expect(report).toMatchObject({ publication: '3', undone: { id: second, feed: 'toy-results' } });
  expect(await stored()).toEqual(before);
  expect(await journal()).toMatchObject([
    { kind: 'IMPORT', state: 'PUBLISHED', publication: '1' },
    { kind: 'IMPORT', state: 'ROLLED_BACK', publication: '2' },
    { kind: 'ROLLBACK', state: 'PUBLISHED', publication: '3' },
  ]);
});

test('after a rollback the earlier file is the current one, and the undone file may come again', async () => {
  await imported('R1;S1;10;;');
  const second = await imported('R1;S1;11;;');
  await rollback(second);
  const again = await runImport(
    toyResults,
    { name: 'a.csv', stream: Readable.from([`${HEADER}\nR1;S1;10;;`]) },
    { databaseUrl: url },
  );
  expect(again).toMatchObject({ state: 'ALREADY_IMPORTED', publication: '1' });
  await imported('R1;S1;11;;');
  expect(await stored()).toMatchObject([{ value: '11' }]);
});

test('a rollback is refused where a later import touched the same rows, and works from the last one back', async () => {
  const first = await imported('R1;S1;10;;', 'R2;S1;20;;');
  const second = await imported('R1;S1;11;;');
  await expect(rollback(first)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(
      `a later import (toy-results ${second}) touched the same rows, R1 among them`,
    ),
  });
  expect(await stored()).toMatchObject([{ value: '11' }, { value: '20' }]);
  await rollback(second);
  await rollback(first);
  expect(await stored()).toEqual([]);
});

test('a later import that left the rows as they were does not stand in the way', async () => {
  const first = await imported('R1;S1;10;;');
  await imported('R1;S1;10;;', 'R2;S1;20;;');
  await rollback(first);
  expect(await stored()).toMatchObject([{ id: 'R2' }]);
});

test.each([
  ['an import already undone', (id: string) => id, 'CONFLICT', /ROLLED_BACK/],
  ['a rollback', (_id: string, rollbackId: string) => rollbackId, 'CONFLICT', /itself a rollback/],
  ['an unknown import', () => 'ffffffff-0000', 'NOT_FOUND', /no import begins with/],
])('%s cannot be undone', async (_what, pick, code, message) => {
  const id = await imported('R1;S1;10;;');
  const { rollbackId } = await rollback(id);
  await expect(rollback(pick(id, rollbackId))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test('a feed with a history of its own undoes itself', async () => {
  const id = await imported('R1;S1;10;;');
  const seen: unknown[] = [];
  const own: Feed = { ...toyResults, rollback: async (_trx, context) => void seen.push(context) };
  const { rollbackId, publication } = await rollbackImport(new Map([[own.name, own]]), 'toy', id, {
    databaseUrl: url,
  });
  expect(seen).toEqual([{ importId: id, rollbackId, publication, options: {} }]);
  expect(await stored()).toHaveLength(1);
});
