import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import {
  ANALYST,
  DITP,
  HQ,
  improvementWriters,
  LOCAL,
  NATIONAL,
  OTHER_HQ,
  outcomeOf,
  REFERENT,
  SIBLING,
} from '../fixtures/writers.ts';

const { ask, write, owner } = await improvementWriters();

interface Made {
  id: string;
  version: number;
}

const FIELDS = 'conference { id version state publication reason participants }';
const plan = (who: Viewer, subject: object, more: object = {}) =>
  write(
    who,
    'planConference',
    'PlanConferenceInput',
    { subject, title: 'Conférence', plannedOn: '2026-05-01', ...more },
    FIELDS,
  );
const HELD = { heldOn: '2026-05-02', users: 8, agents: 3, reviewShared: true, priorities: [] };
const hold = (who: Viewer, { id, version }: Made, more: object = {}) =>
  write(who, 'holdConference', 'HoldConferenceInput', { id, version, ...HELD, ...more }, FIELDS);
const step = (name: string, who: Viewer, { id, version }: Made, more: object = {}) =>
  write(who, name, 'StepInput', { id, version, ...more }, FIELDS);
const conference = ({ conference: made }: { [field: string]: unknown }) => made as Made;

test('a conference becomes public with its colleges and priorities, and can be taken back', async () => {
  await insertRows(owner, 'improvement.action_plan', [
    { network_id: 'NET-caf', id: 'PLAN-PUBLIC', title: 'Public', status: 'IN_PROGRESS', published: true },
    { network_id: 'NET-caf', id: 'PLAN-INSIDE', title: 'Interne', status: 'IN_PROGRESS' },
  ]);
  const planned = conference(await plan(REFERENT, LOCAL));
  const priorities = [
    { words: 'Décrocher le lundi', commitment: 'COMMITMENT-E4', plan: 'PLAN-PUBLIC' },
    { words: 'Afficher les délais', plan: 'PLAN-INSIDE' },
    { words: 'Accueillir' },
  ];
  const held = conference(await hold(HQ, planned, { priorities, electedOfficials: 1 }));
  expect(held).toMatchObject({ version: 2, state: 'HELD', participants: 12, publication: 'DRAFT' });
  const read = (who: Viewer) =>
    ask(
      who,
      `{ conference(id: "${planned.id}") { title state heldOn reviewShared colleges { college participants }
           priorities { words commitment { id } plan { id } } structure { id } } }`,
    );
  expect((await read(HQ)).data.conference).toBeNull();
  const shown = conference(await step('publishConference', REFERENT, held));
  expect((await read(ANALYST)).data.conference).toEqual({
    title: 'Conférence',
    state: 'PUBLISHED',
    heldOn: '2026-05-02',
    reviewShared: true,
    colleges: [
      { college: 'USERS', participants: 8 },
      { college: 'AGENTS', participants: 3 },
      { college: 'ELECTED_OFFICIALS', participants: 1 },
    ],
    // A plan that is not public is nobody's to see.
    priorities: [
      { words: 'Décrocher le lundi', commitment: { id: 'COMMITMENT-E4' }, plan: { id: 'PLAN-PUBLIC' } },
      { words: 'Afficher les délais', commitment: null, plan: null },
      { words: 'Accueillir', commitment: null, plan: null },
    ],
    structure: { id: 'STR-caf-62' },
  });
  const inside = await ask(
    HQ,
    `{ improvementWork(network: "NET-caf") { conferences { nodes { priorities { plan { id } } } } } }`,
  );
  expect(inside.data.improvementWork.conferences.nodes[0].priorities[1]).toEqual({
    plan: { id: 'PLAN-INSIDE' },
  });
  expect(outcomeOf(await step('takeBackConference', HQ, shown))).toBe('REQUIRED');
  const back = await step('takeBackConference', HQ, shown, { reason: 'Une erreur' });
  expect(conference(back)).toMatchObject({ state: 'HELD', publication: 'WITHDRAWN', reason: 'Une erreur' });
  expect((await read(ANALYST)).data.conference).toBeNull();
});

test('what is told of a conference is right', async () => {
  const planned = conference(await plan(HQ, NATIONAL));
  for (const [more, code] of [
    [{ agents: 0 }, 'TOO_FEW_COLLEGES'],
    [{ users: null, agents: null }, 'TOO_FEW_COLLEGES'],
    [{ users: -1 }, 'OUT_OF_RANGE'],
    [{ heldOn: '2199-01-01' }, 'IN_THE_FUTURE'],
    [{ priorities: [{ words: ' ' }] }, 'REQUIRED'],
    [{ priorities: [{ words: 'X', commitment: 'COMMITMENT-E99' }] }, 'UNKNOWN_COMMITMENT'],
    [{ priorities: [{ words: 'X', plan: 'PLAN-404' }] }, 'UNKNOWN_PLAN'],
    [{ priorities: Array.from({ length: 21 }, () => ({ words: 'X' })) }, 'TOO_MANY'],
  ] as const) {
    expect([more, outcomeOf(await hold(HQ, planned, more))]).toEqual([more, code]);
  }
  expect(outcomeOf(await plan(HQ, NATIONAL, { title: '' }))).toBe('REQUIRED');
});

test('a referent leads to the plans that it sees, and to no others', async () => {
  await insertRows(owner, 'improvement.action_plan', [
    { network_id: 'NET-caf', id: 'PLAN-62', title: 'Ici', status: 'PROPOSED', structure_id: 'STR-caf-62' },
    { network_id: 'NET-caf', id: 'PLAN-75', title: 'Là', status: 'PROPOSED', structure_id: 'STR-caf-75' },
  ]);
  const planned = conference(await plan(REFERENT, LOCAL));
  const priorities = (of: string) => ({ priorities: [{ words: 'X', plan: of }] });
  expect(outcomeOf(await hold(REFERENT, planned, priorities('PLAN-75')))).toBe('UNKNOWN_PLAN');
  expect(outcomeOf(await hold(REFERENT, planned, priorities('PLAN-62')))).toBe('done');
});

test('who may plan a conference, and where', async () => {
  for (const [who, subject, outcome] of [
    [HQ, NATIONAL, 'done'],
    [HQ, { network: 'NET-caf', territory: 'DEP-62' }, 'done'],
    [REFERENT, LOCAL, 'done'],
    [REFERENT, NATIONAL, 'NOT_FOUND'],
    [SIBLING, LOCAL, 'NOT_FOUND'],
    [OTHER_HQ, LOCAL, 'NOT_FOUND'],
    [ANALYST, LOCAL, 'FORBIDDEN'],
    [DITP, { network: 'NET-france-travail' }, 'done'],
  ] as const) {
    expect([who.role, subject, outcomeOf(await plan(who, subject))]).toEqual([who.role, subject, outcome]);
  }
});

test('a conference that does not exist and one out of reach are answered alike', async () => {
  const planned = conference(await plan(HQ, LOCAL));
  for (const who of [SIBLING, OTHER_HQ]) {
    const there = await countStatements(() => hold(who, planned));
    const nowhere = await countStatements(() => hold(who, { ...planned, id: `CONF-${randomUUID()}` }));
    expect(there.result).toEqual({ error: 'NOT_FOUND', message: 'No such conference.' });
    expect(there.result).toEqual(nowhere.result);
    expect(there.statements).toEqual(nowhere.statements);
  }
});

test('sent again, a conference is not planned again; of two who tell of it at once, one does', async () => {
  const idempotencyKey = randomUUID();
  const first = await plan(HQ, LOCAL, { idempotencyKey });
  expect(await plan(HQ, LOCAL, { idempotencyKey })).toEqual(first);
  const both = await Promise.all([hold(HQ, conference(first)), hold(REFERENT, conference(first))]);
  expect(both.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
});

test('public conferences by place and day; a page costs the same whatever it holds', async () => {
  const held = { state: 'PUBLISHED', published: true, users: 3, agents: 3, title: 'Conférence' };
  await insertRows(
    owner,
    'improvement.conference',
    Array.from({ length: 12 }, (_, rank) => ({
      ...held,
      network_id: 'NET-france-travail',
      id: `CONF-${String(rank).padStart(2, '0')}`,
      site_id: 'SITE-ft-62',
      held_on: `2025-${String(rank + 1).padStart(2, '0')}-01`,
      priorities: [{ words: 'X', commitmentId: null, planId: 'PLAN-PUBLIC' }],
    })),
  );
  const list = (of: string, first: number) =>
    countStatements(() =>
      ask(
        ANALYST,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Site { conferences(first: ${first} ${of}) { totalCount nodes { id priorities { plan { id } } } } } } }`,
        {
          r: ['SITE-ft-62', 'SITE-caf-62', 'SITE-caf-75'].map((id) => ({ __typename: 'Site', id })),
        },
      ),
    );
  const whole = await list('', 20);
  const [here, there] = whole.result.data._entities;
  expect(here.conferences.totalCount).toBe(12);
  expect(here.conferences.nodes[0].id).toBe('CONF-11');
  expect(there.conferences.totalCount).toBe(0);
  expect(whole.statements).toHaveLength(3);
  expect((await list('', 1)).statements).toHaveLength(3);
  const some = await list('filter: { heldFrom: "2025-03-01", heldUntil: "2025-04-30" }', 20);
  expect(some.result.data._entities[0].conferences.nodes.map(({ id }: { id: string }) => id)).toEqual([
    'CONF-03',
    'CONF-02',
  ]);
});
