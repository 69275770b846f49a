import { expect, test } from 'vitest';
import { ANONYMOUS } from '../../kernel/viewer.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { openAdministrations } from './server.ts';

const settings = { statementTimeoutMs: 8000 };
const migrated = await testDatabase();
const empty = await testDatabase({ template: 'empty' });

test('ready once the migrations are there, and only then', async () => {
  const subgraph = await openAdministrations(settings, migrated.url);
  await expect(subgraph.ready()).resolves.toBeUndefined();
  await subgraph.close();
  const early = await openAdministrations(settings, empty.url);
  await expect(early.ready()).rejects.toThrow();
  await early.close();
});

test('each request has loaders of its own', async () => {
  const subgraph = await openAdministrations(settings, migrated.url);
  expect(subgraph.context(ANONYMOUS)).not.toBe(subgraph.context(ANONYMOUS));
  await subgraph.close();
});
