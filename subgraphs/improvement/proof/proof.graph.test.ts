import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openImprovement } from '../server.ts';

const database = await testDatabase();
const { entities } = asking(await openImprovement(readConfig({}), database.url));

const IN_62 = { network_id: 'NET-caf', structure_id: 'STR-caf-62', published: true };
const IN_75 = { network_id: 'NET-caf', structure_id: 'STR-caf-75', published: true };
const findings = (...scores: [string, number | null][]) =>
  scores.map(([code, score]) => ({ commitmentId: `COMMITMENT-${code}`, score, comment: null }));

beforeAll(async () => {
  await seedDirectory(database);
  const owner = database.connect<unknown>('improvement', 'owner');
  const seed = (table: string, ...rows: object[]) => insertRows(owner, `improvement.${table}`, rows);
  await seed(
    'self_diagnosis',
    // An older one of the same service does not count, nor one that is not published.
    { ...IN_62, id: 'DIAG-1', made_on: '2024-05-01', findings: findings(['E1', 10]) },
    { ...IN_62, id: 'DIAG-2', made_on: '2025-05-01', findings: findings(['E1', 70], ['E4', null]) },
    { ...IN_75, id: 'DIAG-3', made_on: '2025-03-01', findings: findings(['E1', 85.5]) },
    { ...IN_75, id: 'DIAG-4', made_on: '2025-09-01', findings: findings(['E1', 0]), published: false },
    {
      network_id: 'NET-france-travail',
      site_id: 'SITE-ft-62',
      published: true,
      id: 'DIAG-5',
      made_on: '2025-01-01',
      findings: findings(['E1', 40]),
    },
  );
  const plan = { title: 'Rappeler', status: 'IN_PROGRESS', starts_on: '2025-01-01' };
  await seed(
    'action_plan',
    { ...IN_62, ...plan, id: 'PLAN-1', commitment_ids: ['COMMITMENT-E2', 'COMMITMENT-E1'] },
    { ...IN_75, ...plan, id: 'PLAN-2', commitment_ids: ['COMMITMENT-E4'] },
    { ...IN_75, ...plan, id: 'PLAN-3', commitment_ids: ['COMMITMENT-E1'], published: false },
  );
  await seed('gap', {
    ...IN_62,
    id: 'GAP-1',
    observed_on: '2025-02-01',
    commitment_id: 'COMMITMENT-E4',
    severity: 'MAJOR',
  });
  await seed('eco_measure', { ...IN_62, id: 'ECO-1', kind: 'PAPER', title: 'Recto verso' });
});

const lines = async (ids: readonly string[], fields: string) => {
  const { data, errors } = await entities(
    ids.map((id) => ({ __typename: 'CommitmentProof', id: `PROOF-COMMITMENT-${id}` })),
    `... on CommitmentProof { ${fields} }`,
  );
  expect(errors).toBeUndefined();
  return data._entities;
};

test.each([
  ['a network', 'E1~NET-caf~FR', { diagnoses: 2, scored: 2, meanScore: 77.75, latestOn: '2025-05-01' }],
  ['a territory of all networks', 'E1~~DEP-62', { diagnoses: 2, scored: 2, meanScore: 55 }],
  ['a structure and those below it', 'E1~NET-caf~STR-caf', { diagnoses: 2, meanScore: 77.75 }],
  ['a site', 'E1~NET-france-travail~SITE-ft-62', { diagnoses: 1, meanScore: 40 }],
  ['a commitment without score', 'E4~NET-caf~FR', { diagnoses: 2, scored: 0, meanScore: null }],
  [
    'a place without any',
    'E1~NET-caf~SITE-caf-62',
    { diagnoses: 0, scored: 0, meanScore: null, latestOn: null },
  ],
])('services judge themselves: %s', async (_what, id, expected) => {
  const [line] = await lines([id], 'selfDiagnosis { diagnoses scored meanScore latestOn }');
  expect(line.selfDiagnosis).toMatchObject(expected);
});

test('plans and gaps stand under the commitments that they serve', async () => {
  const found = await lines(
    ['E1~NET-caf~FR', 'E4~NET-caf~FR', 'E4~NET-caf~STR-caf-62', 'E2~~DEP-75'],
    'actionPlans { totalCount nodes { id } } gaps { totalCount nodes { id } }',
  );
  const ids = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);
  expect(
    found.map((line: Record<string, { nodes: { id: string }[] }>) => [
      ids(line.actionPlans ?? { nodes: [] }),
      ids(line.gaps ?? { nodes: [] }),
    ]),
  ).toEqual([
    [['PLAN-1'], []],
    [['PLAN-2'], ['GAP-1']],
    [[], ['GAP-1']],
    [[], []],
  ]);
});

test('training and eco-measures are told of the commitments that ask for them', async () => {
  const found = await lines(
    ['E1~NET-caf~FR', 'E8~NET-caf~FR', '2021-9~NET-caf~FR', 'E4~NET-caf~FR'],
    'training { theme } ecoMeasures { nodes { id } }',
  );
  expect(found).toEqual([
    { training: [], ecoMeasures: null },
    { training: null, ecoMeasures: { nodes: [{ id: 'ECO-1' }] } },
    { training: null, ecoMeasures: { nodes: [{ id: 'ECO-1' }] } },
    { training: null, ecoMeasures: null },
  ]);
});

test('how services judge themselves costs one statement for all lines', async () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `E${rank}~NET-caf~FR`);
  const { statements } = await countStatements(() => lines(ids, 'selfDiagnosis { diagnoses }'));
  expect(statements).toHaveLength(1);
});
