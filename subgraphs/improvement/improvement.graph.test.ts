import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../kernel/config.ts';
import { asking } from '../../test/kit/ask.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { insertRows } from '../../test/kit/insert.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { openImprovement } from './server.ts';

const database = await testDatabase();
const { ask, entities } = asking(await openImprovement(readConfig({}), database.url));
const owner = database.connect<unknown>('improvement', 'owner');

const seed = (table: string, rows: readonly object[]) =>
  insertRows(
    owner,
    `improvement.${table}`,
    rows.map((row) => ({ network_id: 'NET-caf', published: true, ...row })),
  );

/** ISO day, so many days from today. */
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  await seedDirectory(database);
  const plan = { title: 'Réduire les délais', status: 'IN_PROGRESS', commitment_ids: ['COMMITMENT-E4'] };
  await seed('action_plan', [
    { ...plan, id: 'PLAN-1', site_id: 'SITE-caf-62', structure_id: 'STR-caf-62', starts_on: '2024-02-01' },
    { ...plan, id: 'PLAN-2', structure_id: 'STR-caf-75', status: 'PROPOSED', commitment_ids: [] },
    { ...plan, id: 'PLAN-3', territory_id: 'REG-32', starts_on: '2024-03-01' },
    { ...plan, id: 'PLAN-4', network_id: 'NET-france-travail', starts_on: '2023-01-01' },
    { ...plan, id: 'PLAN-5', site_id: 'SITE-caf-62', published: false },
  ]);
  await seed('self_diagnosis', [
    {
      id: 'DIAG-1',
      site_id: 'SITE-caf-62',
      made_on: '2024-06-01',
      findings: [{ commitmentId: 'COMMITMENT-E1', score: 80, comment: null }],
    },
    { id: 'DIAG-2', site_id: 'SITE-caf-62', made_on: '2023-06-01', published: false },
  ]);
  await seed('label', [
    { id: 'LABEL-1', site_id: 'SITE-caf-62', level: 'BRONZE', granted_on: day(-400), expires_on: day(600) },
    { id: 'LABEL-2', site_id: 'SITE-caf-62', level: 'GOLD', granted_on: day(-30), expires_on: day(1000) },
    { id: 'LABEL-3', site_id: 'SITE-caf-75', level: 'GOLD', granted_on: day(-1200), expires_on: day(-100) },
    {
      id: 'LABEL-4',
      site_id: 'SITE-ft-62',
      level: 'SILVER',
      granted_on: day(-30),
      expires_on: day(900),
      withdrawn_on: day(-1),
    },
    { id: 'LABEL-5', site_id: 'SITE-ft-62', level: 'SILVER', granted_on: day(10), expires_on: day(900) },
  ]);
  await seed('impact', [
    {
      id: 'IMPACT-1',
      site_id: 'SITE-caf-62',
      title: 'Un écran',
      published_on: '2024-01-01',
      plan_id: 'PLAN-1',
      before_text: 'Rien',
      after_text: 'Tout',
    },
    {
      id: 'IMPACT-2',
      site_id: 'SITE-caf-62',
      title: 'Une rampe',
      published_on: '2024-02-01',
      plan_id: 'PLAN-5',
    },
    { id: 'IMPACT-3', site_id: 'SITE-caf-75', title: 'Brouillon', published: false },
  ]);
});

test.each([
  [{}, ['PLAN-3', 'PLAN-1', 'PLAN-4', 'PLAN-2']],
  [{ network: 'NET-caf' }, ['PLAN-3', 'PLAN-1', 'PLAN-2']],
  [{ structure: 'STR-caf' }, ['PLAN-1', 'PLAN-2']],
  [{ site: 'SITE-caf-62' }, ['PLAN-1']],
  [{ territory: 'REG-32' }, ['PLAN-3', 'PLAN-1']],
  [{ territory: 'DEP-75' }, ['PLAN-2']],
  [{ territory: 'FR' }, ['PLAN-3', 'PLAN-1', 'PLAN-4', 'PLAN-2']],
  [{ status: ['PROPOSED', 'DONE'] }, ['PLAN-2']],
  [{ commitment: 'COMMITMENT-E4' }, ['PLAN-3', 'PLAN-1', 'PLAN-4']],
])('plans with the filter %j', async (filter, ids) => {
  const { data } = await ask(
    'query ($f: ActionPlanFilter) { actionPlans(filter: $f) { totalCount nodes { id } } }',
    { f: filter },
  );
  expect(data.actionPlans).toEqual({ totalCount: ids.length, nodes: ids.map((id) => ({ id })) });
});

test('a list goes on after a plan that has no day', async () => {
  const page = (first: number, after: string | null) =>
    ask(
      'query ($first: Int, $after: String) { actionPlans(first: $first, after: $after) { nodes { id } pageInfo { endCursor } } }',
      { first, after },
    );
  const seen: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 5; pages += 1) {
    const { data } = await page(1, after);
    seen.push(...data.actionPlans.nodes.map(({ id }: { id: string }) => id));
    after = data.actionPlans.pageInfo.endCursor ?? after;
  }
  expect(seen).toEqual(['PLAN-3', 'PLAN-1', 'PLAN-4', 'PLAN-2']);
});

test('a site shows the label in force today, its impacts, its plans and its self-diagnoses', async () => {
  const { data, errors } = await entities(
    ['SITE-caf-62', 'SITE-caf-75', 'SITE-ft-62'].map((id) => ({ __typename: 'Site', id })),
    `... on Site { label { id level expiresOn } impacts { title publishedOn plan { id } } actionPlans { totalCount }
       selfDiagnoses { totalCount nodes { madeOn findings { commitment { id } score } } } }`,
  );
  expect(errors).toBeUndefined();
  const none = {
    label: null,
    impacts: [],
    actionPlans: { totalCount: 0 },
    selfDiagnoses: { totalCount: 0, nodes: [] },
  };
  expect(data._entities).toEqual([
    {
      label: { id: 'LABEL-2', level: 'GOLD', expiresOn: day(1000) },
      impacts: [
        { title: 'Une rampe', publishedOn: '2024-02-01', plan: null },
        { title: 'Un écran', publishedOn: '2024-01-01', plan: { id: 'PLAN-1' } },
      ],
      actionPlans: { totalCount: 1 },
      selfDiagnoses: {
        totalCount: 1,
        nodes: [{ madeOn: '2024-06-01', findings: [{ commitment: { id: 'COMMITMENT-E1' }, score: 80 }] }],
      },
    },
    none,
    none,
  ]);
});

test('both keys lead to each of the four kinds; what is not published stays hidden', async () => {
  const references = [
    ['ActionPlan', 'PLAN-1'],
    ['SelfDiagnosis', 'DIAG-1'],
    ['Label', 'LABEL-3'],
    ['Impact', 'IMPACT-1'],
    ['ActionPlan', 'PLAN-5'],
    ['SelfDiagnosis', 'DIAG-2'],
    ['Impact', 'IMPACT-3'],
  ];
  const subject = 'network { id } structure { id } site { id } territory { id }';
  const fields = ['ActionPlan', 'SelfDiagnosis', 'Label', 'Impact'].map(
    (type) => `... on ${type} { id ${subject} }`,
  );
  for (const key of ['id', 'ref']) {
    const { data } = await entities(
      references.map(([type, id]) => ({ __typename: type ?? '', [key]: id ?? '' })),
      fields.join(' '),
    );
    expect(data._entities.map((found: { id: string } | null) => found?.id)).toEqual([
      'PLAN-1',
      'DIAG-1',
      'LABEL-3',
      'IMPACT-1',
      ...Array(3),
    ]);
    expect(data._entities[0]).toEqual({
      id: 'PLAN-1',
      network: { id: 'NET-caf' },
      structure: { id: 'STR-caf-62' },
      site: { id: 'SITE-caf-62' },
      territory: null,
    });
  }
});

test('labels and impacts are listed too, in force or not', async () => {
  const { data } = await ask(`{
    gold: labels(filter: { level: [GOLD] }) { totalCount nodes { id } }
    region: labels(filter: { territory: "REG-32" }) { totalCount }
    impacts(filter: { territory: "COM-62041" }) { totalCount nodes { before after } }
    label(id: "LABEL-4") { withdrawnOn } impact(id: "IMPACT-3") { id } actionPlan(id: "PLAN-3") { commitments { id } territory { id } }
    selfDiagnosis(id: "DIAG-1") { madeOn } }`);
  expect(data).toEqual({
    gold: { totalCount: 2, nodes: [{ id: 'LABEL-2' }, { id: 'LABEL-3' }] },
    region: { totalCount: 4 },
    impacts: {
      totalCount: 2,
      nodes: [
        { before: null, after: null },
        { before: 'Rien', after: 'Tout' },
      ],
    },
    label: { withdrawnOn: day(-1) },
    impact: null,
    actionPlan: { commitments: [{ id: 'COMMITMENT-E4' }], territory: { id: 'REG-32' } },
    selfDiagnosis: { madeOn: '2024-06-01' },
  });
});

test('the number of statements does not depend on the number of sites', async () => {
  const fields =
    '... on Site { label { level } impacts(first: 2) { title } actionPlans(first: 1) { totalCount } }';
  const sites = ['SITE-caf-62', 'SITE-caf-75', 'SITE-ft-62'].map((id) => ({ __typename: 'Site', id }));
  const one = await countStatements(() => entities(sites.slice(0, 1), fields));
  const many = await countStatements(() => entities(sites, fields));
  expect(many.result.data._entities).toHaveLength(3);
  expect([one.statements.length, many.statements.length]).toEqual([4, 4]);
});
