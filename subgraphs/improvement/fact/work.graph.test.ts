import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { DITP, HQ, improvementWriters, REFERENT, SIBLING } from '../fixtures/writers.ts';

const { ask, owner } = await improvementWriters();

const PLANS = 12;

beforeAll(async () => {
  const fact = { network_id: 'NET-caf', title: 'Un plan', status: 'IN_PROGRESS' };
  await insertRows(
    owner,
    'improvement.action_plan',
    Array.from({ length: PLANS }, (_, rank) => ({
      ...fact,
      id: `PLAN-${rank + 10}`,
      structure_id: rank % 2 === 0 ? 'STR-caf-62' : 'STR-caf-75',
      starts_on: `2026-01-${rank + 10}`,
      published: rank % 3 === 0,
      parent_id: rank === 0 ? null : 'PLAN-10',
    })),
  );
  await insertRows(
    owner,
    'improvement.action',
    Array.from({ length: PLANS }, (_, rank) => ({
      ...fact,
      id: `ACT-${rank + 10}`,
      plan_id: `PLAN-${rank + 10}`,
      structure_id: rank % 2 === 0 ? 'STR-caf-62' : 'STR-caf-75',
      owner_role: 'SITE_MANAGER',
      progress: 10,
    })),
  );
});

const plans = (who: Viewer, args: string, fields = 'nodes { id } pageInfo { endCursor hasNextPage }') =>
  ask(
    who,
    `{ improvementWork(network: "NET-caf") { networkId actionPlans${args} { totalCount ${fields} } } }`,
  );
const idsOf = ({ data }: Awaited<ReturnType<typeof plans>>) =>
  data.improvementWork.actionPlans.nodes.map(({ id }: { id: string }) => id);

test('each sees the work that is theirs, page by page, restricted as they ask', async () => {
  const all = Array.from({ length: PLANS }, (_, rank) => `PLAN-${rank + 10}`).reverse();
  expect(idsOf(await plans(HQ, '(first: 100)'))).toEqual(all);
  expect(idsOf(await plans(DITP, '(first: 100)'))).toEqual(all);
  const even = all.filter((id) => Number(id.slice(5)) % 2 === 0);
  expect(idsOf(await plans(REFERENT, '(first: 100)'))).toEqual(even);
  expect(idsOf(await plans(SIBLING, '(filter: { site: "SITE-caf-62" })'))).toEqual([]);
  expect(idsOf(await plans(SIBLING, '(filter: { ids: ["PLAN-10", "PLAN-11"] })'))).toEqual(['PLAN-11']);
  const drafts = await plans(HQ, '(filter: { publication: [DRAFT], structure: "STR-caf-62" })');
  expect(idsOf(drafts)).toEqual(['PLAN-20', 'PLAN-18', 'PLAN-14', 'PLAN-12']);
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = await plans(HQ, `(first: 5${after})`);
    seen.push(...idsOf(page));
    const { endCursor, hasNextPage } = page.data.improvementWork.actionPlans.pageInfo;
    if (!hasNextPage) break;
    after = `, after: "${endCursor}"`;
  }
  expect(seen).toEqual(all);
});

test('the number of statements does not depend on how much is worked on; what leads on is work too', async () => {
  const FIELDS = `nodes { id version publication parent { id } children { totalCount nodes { id } } progress { percent }
    actions { totalCount nodes { title version plan { id } } } }`;
  const one = await countStatements(() => plans(HQ, '(first: 1)', FIELDS));
  const many = await countStatements(() => plans(HQ, '(first: 12)', FIELDS));
  expect(many.result.data.improvementWork.actionPlans.nodes).toHaveLength(PLANS);
  expect(many.result.data.improvementWork.actionPlans.nodes[0]).toMatchObject({
    id: 'PLAN-21',
    publication: 'DRAFT',
    parent: { id: 'PLAN-10' },
    actions: { totalCount: 1, nodes: [{ plan: { id: 'PLAN-21' } }] },
    progress: { percent: 10 },
  });
  expect(many.statements).toHaveLength(one.statements.length);
});

test('what a referent is led to stays within the branch, or is what everybody reads', async () => {
  const FIELDS = 'nodes { id parent { id } children { totalCount nodes { id } } }';
  const { data } = await plans(REFERENT, '(filter: { ids: ["PLAN-10"] })', FIELDS);
  expect(data.improvementWork.actionPlans.nodes).toEqual([
    {
      id: 'PLAN-10',
      parent: null,
      children: {
        totalCount: 5,
        nodes: ['PLAN-20', 'PLAN-18', 'PLAN-16', 'PLAN-14', 'PLAN-12'].map((id) => ({ id })),
      },
    },
  ]);
  const sibling = await plans(SIBLING, '(filter: { ids: ["PLAN-11"] })', FIELDS);
  const { parent } = sibling.data.improvementWork.actionPlans.nodes[0];
  expect(parent).toEqual({ id: 'PLAN-10' });
  await sql`update improvement.action_plan set published = false where id = 'PLAN-10'`.execute(owner);
  const hidden = await plans(SIBLING, '(filter: { ids: ["PLAN-11"] })', FIELDS);
  expect(hidden.data.improvementWork.actionPlans.nodes[0].parent).toBeNull();
});
