import { expect, test } from 'vitest';
import { connect } from '../kernel/postgres/database.ts';
import { testDatabase } from '../test/kit/database.ts';
import { runHub } from '../test/kit/processes.ts';
import { sentence } from './failure.ts';

const { url } = await testDatabase({ template: 'empty' });

test('a database without roles: what to run', async () => {
  const db = connect<object>(url, 'nobody', 'owner', { max: 1 });
  const error = await db
    .connection()
    .execute(async () => undefined)
    .catch((reason: unknown) => reason);
  await db.destroy();
  expect(sentence(error)).toBe(
    'the database is not up to date (role "nobody_owner" does not exist): run npm run hub -- migrate',
  );
});

test('a subgraph on a database that was never migrated says what to run', async () => {
  const serving = runHub(['serve', 'subgraph', 'indicators', '--port', '0'], { DATABASE_URL: url });
  const [said] = await serving.printed(/^hub: .+$/m);
  await serving.end();
  expect(said).toMatch(/^hub: the database is not up to date \(.+\): run npm run hub -- migrate$/);
});

test.each([
  ['another failure', new Error('listen EADDRINUSE'), 'listen EADDRINUSE'],
  ['a role of somebody else', new Error('role "me" does not exist'), 'role "me" does not exist'],
  ['what is no error', 'nothing', 'nothing'],
])('%s is told as it is', (_what, error, said) => {
  expect(sentence(error)).toBe(said);
});
