import { expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import {
  HQ,
  improvementWriters,
  LOCAL,
  NATIONAL,
  outcomeOf,
  REFERENT,
  SIBLING,
} from '../fixtures/writers.ts';

const { ask, write } = await improvementWriters();

interface Made {
  id: string;
  version: number;
}
const save = (who: Viewer, input: object) =>
  write(
    who,
    'saveActionPlan',
    'SaveActionPlanInput',
    { title: 'Un plan', ...input },
    'actionPlan { id version }',
  );
const plan = async (input: object, who = HQ) => (await save(who, input))['actionPlan'] as Made;
const act = (input: object, who = HQ) =>
  write(
    who,
    'saveAction',
    'SaveActionInput',
    { title: 'Une action', ownerRole: 'RECEPTION_LEAD', ...input },
    'action { id version ownerRole ownerWords }',
  );
const action = async (input: object) => (await act(input))['action'] as Made;
const step = (kind: 'ActionPlan' | 'Action', { id, version }: Made, verb: string, more: object = {}) =>
  write(
    HQ,
    `advance${kind}`,
    `Advance${kind}Input`,
    { id, version, step: verb, ...more },
    `${kind === 'Action' ? 'action' : 'actionPlan'} { version status }`,
  );
const publish = ({ id, version }: Made) =>
  write(HQ, 'publishActionPlan', 'PublicationInput', { id, version }, 'actionPlan { id }');

const PLAN = `id title status abandonedBecause parent { id } children { totalCount nodes { id } }
  progress(asOf: "2026-06-01") { percent total actions done overdue abandoned }
  actions { totalCount nodes { title status ownerRole ownerWords progress overdue(asOf: "2026-06-01") plan { id } } }
  reports { id } indicators { id } overdue(asOf: "2026-06-01")`;
const seen = async (id: string) =>
  (await ask(ANONYMOUS, `query ($id: ID!) { actionPlan(id: $id) { ${PLAN} } }`, { id })).data.actionPlan;

test('a plan carries out one above its place, of its network, that its writer knows', async () => {
  const national = await plan({ subject: NATIONAL });
  const structure = await plan({ subject: LOCAL, parent: national.id });
  const region = await plan({ subject: { network: 'NET-caf', territory: 'REG-32' }, parent: national.id });
  const site = { network: 'NET-caf', structure: 'STR-caf-62', site: 'SITE-caf-62' };
  const cases: [object, string, string, Viewer][] = [
    [site, structure.id, 'done', HQ],
    [{ network: 'NET-caf', site: 'SITE-caf-62' }, structure.id, 'done', HQ],
    [LOCAL, region.id, 'done', HQ],
    [{ network: 'NET-caf', territory: 'DEP-62' }, region.id, 'done', HQ],
    [{ network: 'NET-caf', structure: 'STR-caf-75' }, region.id, 'UNKNOWN_PLAN', HQ],
    [{ network: 'NET-caf', structure: 'STR-caf-75' }, structure.id, 'UNKNOWN_PLAN', HQ],
    [{ network: 'NET-caf', site: 'SITE-caf-75' }, structure.id, 'UNKNOWN_PLAN', HQ],
    [LOCAL, structure.id, 'UNKNOWN_PLAN', HQ],
    [NATIONAL, national.id, 'UNKNOWN_PLAN', HQ],
    [{ network: 'NET-caf', territory: 'REG-32' }, region.id, 'UNKNOWN_PLAN', HQ],
    [NATIONAL, structure.id, 'UNKNOWN_PLAN', HQ],
    [site, 'PLAN-nobody', 'UNKNOWN_PLAN', HQ],
    [site, structure.id, 'done', REFERENT],
    // A draft of headquarters is as if it did not exist.
    [site, national.id, 'UNKNOWN_PLAN', REFERENT],
  ];
  for (const [subject, parent, outcome, who] of cases) {
    expect([subject, parent, outcomeOf(await save(who, { subject, parent }))]).toEqual([
      subject,
      parent,
      outcome,
    ]);
  }
});

test('a plan with its actions: progress is their mean, what is given up left out, and readers see what is public', async () => {
  const { id, version } = await plan({
    subject: LOCAL,
    title: 'Réduire les délais',
    commitments: ['COMMITMENT-E4'],
    startsOn: '2026-01-01',
    dueOn: '2026-05-31',
  });
  const first = await action({
    plan: id,
    title: 'Recruter',
    dueOn: '2026-05-01',
    ownerWords: 'Chef de site',
  });
  const second = await action({ plan: id, title: 'Former', dueOn: '2026-07-01' });
  const third = await action({ plan: id, title: 'Renoncer', dueOn: '2026-02-01' });
  await action({ plan: id, title: 'Entre nous', public: false });
  expect(outcomeOf(await step('Action', first, 'START', { progress: 25 }))).toBe('done');
  expect(outcomeOf(await step('Action', second, 'START'))).toBe('done');
  const started = { ...second, version: second.version + 1 };
  expect(outcomeOf(await step('Action', started, 'REPORT'))).toBe('REQUIRED');
  expect(outcomeOf(await step('Action', started, 'REPORT', { progress: 101 }))).toBe('OUT_OF_RANGE');
  expect(outcomeOf(await step('Action', started, 'FINISH', { doneOn: '2999-01-01' }))).toBe('IN_THE_FUTURE');
  expect(outcomeOf(await step('Action', started, 'FINISH', { doneOn: '2026-04-01' }))).toBe('done');
  expect(outcomeOf(await step('Action', third, 'ABANDON'))).toBe('REQUIRED');
  expect(outcomeOf(await step('Action', third, 'ABANDON', { reason: 'Sans objet' }))).toBe('done');
  expect(await seen(id)).toBeNull();
  await publish({ id, version });
  expect(await seen(id)).toMatchObject({
    progress: { percent: 62.5, total: 125, actions: 2, done: 1, overdue: 1, abandoned: 1 },
    actions: {
      totalCount: 3,
      nodes: [
        { title: 'Former', status: 'DONE', progress: 100, overdue: false, plan: { id } },
        { title: 'Recruter', status: 'IN_PROGRESS', progress: 25, overdue: true, ownerWords: 'Chef de site' },
        { title: 'Renoncer', status: 'ABANDONED', overdue: false },
      ],
    },
    overdue: true,
  });
  const work = await ask(
    HQ,
    `{ improvementWork(network: "NET-caf") { actionPlans(filter: { ids: ["${id}"] }) { nodes { publication progress { actions percent } actions { totalCount nodes { version } } } } } }`,
  );
  expect(work.data.improvementWork.actionPlans.nodes).toEqual([
    {
      publication: 'PUBLISHED',
      progress: { actions: 3, percent: 41.67 },
      actions: { totalCount: 4, nodes: [{ version: 3 }, { version: 2 }, { version: 2 }, { version: 1 }] },
    },
  ]);
});

test('a plan ends when its actions do, and takes no more of them; giving up needs a reason', async () => {
  let now = await plan({ subject: LOCAL, startsOn: '2026-01-01' });
  const next = async (verb: string, more: object = {}) => {
    const answer = await step('ActionPlan', now, verb, more);
    const outcome = outcomeOf(answer);
    if (outcome === 'done') now = { ...now, version: (answer['actionPlan'] as Made).version };
    return outcome;
  };
  const open = await action({ plan: now.id });
  expect(await next('START')).toBe('IMPOSSIBLE_TRANSITION');
  expect(await next('ABANDON', { reason: '' })).toBe('REQUIRED');
  expect(await next('PRIORITISE')).toBe('done');
  expect(await next('START')).toBe('done');
  expect(await next('FINISH', { doneOn: '2026-03-01' })).toBe('OPEN_ACTIONS');
  expect(outcomeOf(await step('Action', open, 'ABANDON', { reason: 'Inutile' }))).toBe('done');
  expect(await next('FINISH')).toBe('REQUIRED');
  expect(await next('FINISH', { doneOn: '2025-12-31' })).toBe('OUT_OF_RANGE');
  expect(await next('FINISH', { doneOn: '2026-03-01' })).toBe('done');
  expect(outcomeOf(await act({ plan: now.id }))).toBe('PLAN_IS_OVER');
});

test('a new action and the end of its plan, sent at once, never leave an open action in a plan that is done', async () => {
  for (let round = 0; round < 5; round += 1) {
    let now = await plan({ subject: LOCAL });
    for (const verb of ['PRIORITISE', 'START']) {
      await step('ActionPlan', now, verb);
      now = { ...now, version: now.version + 1 };
    }
    const outcomes = await Promise.all([
      step('ActionPlan', now, 'FINISH', { doneOn: '2026-03-01' }),
      act({ plan: now.id }),
    ]);
    expect([
      ['done', 'PLAN_IS_OVER'],
      ['OPEN_ACTIONS', 'done'],
    ]).toContainEqual(outcomes.map(outcomeOf));
  }
});

test('an owner is a role: no address, and words for another one', async () => {
  const { id } = await plan({ subject: LOCAL });
  expect(outcomeOf(await act({ plan: id, ownerWords: 'zoe.martin@caf.fr' }))).toBe('PERSONAL_DATA');
  expect(outcomeOf(await act({ plan: id, ownerRole: 'OTHER' }))).toBe('REQUIRED');
  expect(outcomeOf(await act({ title: 'Sans plan' }))).toBe('REQUIRED');
  expect(outcomeOf(await act({ plan: id }, SIBLING))).toBe('NOT_FOUND');
  expect(outcomeOf(await act({ plan: 'PLAN-nobody' }, SIBLING))).toBe('NOT_FOUND');
  const { action: found } = await act({ plan: id, ownerRole: 'OTHER', ownerWords: 'Médiateur' }, REFERENT);
  expect(found).toMatchObject({ ownerRole: 'OTHER', ownerWords: 'Médiateur' });
});

test('a plan answers reports and indicators, whose ids have the right shape', async () => {
  const { id, version } = await plan({ subject: NATIONAL });
  const link = (input: object, at = version) =>
    write(
      HQ,
      'linkActionPlan',
      'LinkActionPlanInput',
      { id, version: at, ...input },
      'actionPlan { version }',
    );
  const wrong = await link({ reports: ['REP-1', 'TEM-1'], indicators: ['27'] });
  expect(wrong.userErrors).toEqual([
    { code: 'BAD_ID', path: ['input', 'reports', '1'] },
    { code: 'BAD_ID', path: ['input', 'indicators', '0'] },
  ]);
  await link({ reports: ['REP-1', 'REP-2', 'REP-1'], indicators: ['IND-27'] });
  await publish({ id, version: version + 1 });
  expect(await seen(id)).toMatchObject({
    reports: [{ id: 'REP-1' }, { id: 'REP-2' }],
    indicators: [{ id: 'IND-27' }],
  });
});

test('mistakes of a plan are told together', async () => {
  const input = { subject: LOCAL, title: ' ', commitments: ['COMMITMENT-E4', 'E9'], startsOn: '2026-02-01' };
  expect((await save(HQ, { ...input, dueOn: '2026-01-01' })).userErrors).toEqual([
    { code: 'OUT_OF_RANGE', path: ['input', 'dueOn'] },
    { code: 'REQUIRED', path: ['input', 'title'] },
    { code: 'UNKNOWN_COMMITMENT', path: ['input', 'commitments', '1'] },
  ]);
});

test('the number of statements does not depend on the number of plans', async () => {
  const national = await plan({ subject: NATIONAL });
  await publish(national);
  for (let count = 0; count < 4; count += 1) {
    const local = await plan({ subject: LOCAL, parent: national.id });
    await action({ plan: local.id });
    await publish(local);
  }
  const page = (first: number) =>
    countStatements(() =>
      ask(ANONYMOUS, `query ($first: Int) { actionPlans(first: $first) { totalCount nodes { ${PLAN} } } }`, {
        first,
      }),
    );
  const one = await page(1);
  const many = await page(6);
  expect(many.result.data.actionPlans.nodes).toHaveLength(6);
  // Plans and their count; parents; children, progress and actions, with counts; plans of the actions.
  expect(many.statements).toHaveLength(9);
  expect(one.statements.length).toBeLessThanOrEqual(many.statements.length);
});
