import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { openSimplification } from '../server.ts';

const database = await testDatabase();
const { entities } = asking(await openSimplification(readConfig({}), database.url));

beforeAll(async () => {
  await seedDirectory(database);
  const report = { kind: 'LETTER', problems: [], received_on: '2026-01-05', published: true };
  const received = { ...report, network_id: 'NET-caf', status: 'RECEIVED' };
  await insertRows(database.connect('simplification', 'owner'), 'simplification.report', [
    { ...received, id: 'REP-1', structure_id: 'STR-caf-62' },
    { ...received, id: 'REP-2', structure_id: 'STR-caf-75', status: 'TRIAGED', triaged_on: '2026-01-07' },
    { ...received, id: 'REP-3', structure_id: 'STR-caf-75', published: false },
    { ...received, id: 'REP-4', network_id: 'NET-france-travail', site_id: 'SITE-ft-62' },
  ]);
});

const line = async (id: string) => {
  const { data, errors } = await entities(
    [{ __typename: 'CommitmentProof', id: `PROOF-COMMITMENT-${id}` }],
    '... on CommitmentProof { simplification { received triaged } }',
  );
  expect(errors).toBeUndefined();
  return data._entities[0].simplification;
};

test.each([
  ['a network', 'E5~NET-caf~FR', { received: 2, triaged: 1 }],
  ['a network in a territory', 'E5~NET-caf~DEP-62', { received: 1, triaged: 0 }],
  ['a territory', 'E5~~DEP-62', { received: 2, triaged: 0 }],
  ['a structure and those below it', 'E5~NET-caf~STR-caf', { received: 2, triaged: 1 }],
  ['a site', 'E5~NET-france-travail~SITE-ft-62', { received: 1, triaged: 0 }],
])('how far reports got: %s', async (_what, id, expected) => {
  expect(await line(id)).toEqual(expected);
});

test.each(['E4~NET-caf~FR', '2021-5~NET-caf~FR'])('%s promises something else', async (id) => {
  expect(await line(id)).toBeNull();
});
