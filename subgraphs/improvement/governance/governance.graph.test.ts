import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ANALYST, DITP, HQ, improvementWriters, outcomeOf, REFERENT } from '../fixtures/writers.ts';

const { ask, write, owner } = await improvementWriters();

interface Made {
  id: string;
  version: number;
}

const MAJOR =
  'majorAction { id version state progress reachedMilestones lateMilestones startedOn endedOn reason milestones { title dueOn doneOn } network { id } }';
const save = (who: Viewer, more: object = {}) =>
  write(
    who,
    'saveMajorAction',
    'SaveMajorActionInput',
    { title: 'Une fois', milestones: [], ...more },
    MAJOR,
  );
const dated = (name: string, { id, version }: Made, more: object = {}, fields = MAJOR, who = DITP) =>
  write(who, name, 'DatedStepInput', { id, version, ...more }, fields);
const reach = ({ id, version }: Made, milestone: number, more: object = {}) =>
  write(DITP, 'reachMilestone', 'ReachMilestoneInput', { id, version, milestone, ...more }, MAJOR);
const major = ({ majorAction }: { [field: string]: unknown }) => majorAction as Made;

test('a major action goes from its plan to its end, and its progress is exact', async () => {
  const milestones = [
    { title: 'Un', dueOn: '2026-02-01' },
    { title: 'Deux', dueOn: '2026-03-01' },
    { title: 'Trois' },
  ];
  const planned = major(await save(DITP, { milestones, commitments: ['COMMITMENT-E4'] }));
  expect(planned).toMatchObject({ state: 'PLANNED', progress: 0, network: null, lateMilestones: 2 });
  expect(outcomeOf(await reach(planned, 0))).toBe('IMPOSSIBLE_TRANSITION');
  const begun = major(await dated('startMajorAction', planned, { on: '2026-01-10' }));
  const one = major(await reach(begun, 0, { on: '2026-02-03' }));
  expect(one).toMatchObject({ progress: 33.333333, reachedMilestones: 1, lateMilestones: 1 });
  expect(outcomeOf(await reach(one, 3))).toBe('OUT_OF_RANGE');
  expect(outcomeOf(await reach(one, -1))).toBe('OUT_OF_RANGE');
  const left = await dated('finishMajorAction', one);
  expect(left.userErrors).toMatchObject([{ code: 'MILESTONES_LEFT' }]);
  const two = major(await reach(one, 1, { on: '2026-04-01' }));
  const three = major(await reach(two, 2, { on: '2026-05-01' }));
  expect(three).toMatchObject({ progress: 100, lateMilestones: 0 });
  expect(outcomeOf(await dated('finishMajorAction', three, { on: '2026-01-01' }))).toBe('OUT_OF_RANGE');
  const ended = major(await dated('finishMajorAction', three, { on: '2026-06-01' }));
  expect(ended).toMatchObject({ state: 'DONE', endedOn: '2026-06-01' });
  expect(outcomeOf(await save(DITP, { id: ended.id, version: ended.version }))).toBe('IMPOSSIBLE_TRANSITION');
  const { data } = await ask(ANALYST, `{ majorAction(id: "${ended.id}") { title progress } }`);
  expect(data.majorAction).toEqual({ title: 'Une fois', progress: 100 });
});

test('what is told of a major action is right', async () => {
  for (const [more, code] of [
    [{ title: ' ' }, 'REQUIRED'],
    [{ network: 'NET-nobody' }, 'UNKNOWN_NETWORK'],
    [{ commitments: ['COMMITMENT-E99'] }, 'UNKNOWN_COMMITMENT'],
    [{ milestones: [{ title: '' }] }, 'REQUIRED'],
    [{ milestones: [{ title: 'X', doneOn: '2026-01-01' }] }, 'CONTRADICTORY_STATE'],
    [{ milestones: Array.from({ length: 51 }, () => ({ title: 'X' })) }, 'TOO_MANY'],
    [{ id: 'MAJOR-404', version: 1 }, 'NOT_FOUND'],
  ] as const) {
    expect([more, outcomeOf(await save(DITP, more))]).toEqual([more, code]);
  }
  const made = major(await save(DITP, { network: 'NET-caf' }));
  expect(made).toMatchObject({ progress: null, network: { id: 'NET-caf' } });
  expect(outcomeOf(await dated('stopMajorAction', made))).toBe('REQUIRED');
  expect(major(await dated('stopMajorAction', made, { reason: 'Une loi' }))).toMatchObject({
    state: 'STOPPED',
    reason: 'Une loi',
  });
});

test('DITP alone writes; sent again, nothing is done again; of two at once, one does', async () => {
  for (const who of [HQ, REFERENT, ANALYST]) expect(outcomeOf(await save(who))).toBe('FORBIDDEN');
  const idempotencyKey = randomUUID();
  const first = await save(DITP, { idempotencyKey });
  expect(await save(DITP, { idempotencyKey })).toEqual(first);
  const both = await Promise.all([
    dated('startMajorAction', major(first)),
    dated('stopMajorAction', major(first), { reason: 'Non' }),
  ]);
  expect(both.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
  const { rows } = await sql<{ network_id: string | null; action: string; before: object; after: object }>`
    select network_id, action, before, after from improvement.audit where object_id = ${major(first).id}
     order by at`.execute(owner);
  expect(rows).toMatchObject([
    { network_id: null, action: 'MAJOR_ACTION_SAVED', before: null, after: { state: 'PLANNED' } },
    { before: { state: 'PLANNED' } },
  ]);
  expect(JSON.stringify(rows)).not.toContain('Une fois');
});

test('major actions by network, state and commitment', async () => {
  const made = major(await save(DITP, { network: 'NET-france-travail', commitments: ['COMMITMENT-E7'] }));
  const list = async (filter: string) => {
    const { data } = await ask(
      ANALYST,
      `{ majorActions(filter: { ${filter} }) { totalCount nodes { id commitments { id } } } }`,
    );
    return data.majorActions.nodes.map(({ id }: { id: string }) => id);
  };
  expect(await list('network: "NET-france-travail"')).toEqual([made.id]);
  expect(await list('commitment: "COMMITMENT-E7"')).toEqual([made.id]);
  expect(await list('network: "NET-france-travail", state: [DONE, STOPPED]')).toEqual([]);
  expect(await list('state: [PLANNED]')).toContain(made.id);
});

const SESSION = 'session { id version body period heldOn }';
const hold = (more: object = {}, who = DITP) =>
  write(
    who,
    'saveGovernanceSession',
    'SaveGovernanceSessionInput',
    { body: 'STEERING_COMMITTEE', heldOn: '2021-01-28', ...more },
    SESSION,
  );
const DECISION =
  'decision { id version words state takenOn endedOn reason session { id } majorAction { id } }';
const decide = (session: string, more: object = {}, who = DITP) =>
  write(who, 'saveDecision', 'SaveDecisionInput', { session, words: 'Publier', ...more }, DECISION);

test('sessions, their decisions, and the half-years that had no steering committee', async () => {
  const held = (await hold())['session'] as Made;
  expect(held).toMatchObject({ period: '2021-S1', heldOn: '2021-01-28' });
  expect((await hold({ heldOn: '2022-07-05', period: '2022-S1' }))['session']).toMatchObject({
    period: '2022-S1',
  });
  await hold({ body: 'BUSINESSES_COMMISSION', heldOn: '2021-10-01' });
  const missing = async (asOf: string) => (await ask(ANALYST, `{ missingHalfYears(asOf: "${asOf}") }`)).data;
  expect(await missing('2021-12-31')).toEqual({ missingHalfYears: [] });
  expect(await missing('2022-01-01')).toEqual({ missingHalfYears: ['2021-S2'] });
  expect(await missing('2023-01-01')).toEqual({ missingHalfYears: ['2021-S2', '2022-S2'] });
  const future = await ask(ANALYST, '{ missingHalfYears(asOf: "2199-01-01") }');
  expect(future.errors[0].extensions.code).toBe('BAD_USER_INPUT');

  const action = major(await save(DITP));
  const made = (await decide(held.id, { majorAction: action.id, dueOn: '2021-12-31' }))['decision'] as Made;
  expect(made).toMatchObject({
    state: 'TAKEN',
    takenOn: '2021-01-28',
    session: { id: held.id },
    majorAction: { id: action.id },
  });
  const early = await dated('carryOutDecision', made, { on: '2021-01-01' }, DECISION);
  expect(outcomeOf(early)).toBe('OUT_OF_RANGE');
  expect(outcomeOf(await dated('abandonDecision', made, {}, DECISION))).toBe('REQUIRED');
  const done = await dated('carryOutDecision', made, { on: '2021-11-02' }, DECISION);
  expect(done['decision']).toMatchObject({ state: 'CARRIED_OUT', endedOn: '2021-11-02' });
  expect(outcomeOf(await decide(held.id, { id: made.id, version: 2 }))).toBe('IMPOSSIBLE_TRANSITION');
  const { data } = await ask(
    ANALYST,
    `{ governance(body: STEERING_COMMITTEE, from: "2021-01-01", to: "2021-12-31") { totalCount nodes { period decisions { totalCount nodes { words } } } }
       majorAction(id: "${action.id}") { decisions { nodes { id } } }
       decisions(filter: { state: [CARRIED_OUT], dueUntil: "2021-12-31", takenFrom: "2021-01-01" }) { nodes { id } }
       governanceSession(id: "${held.id}") { body } decision(id: "DECISION-404") { id } }`,
  );
  expect(data).toEqual({
    governance: {
      totalCount: 1,
      nodes: [{ period: '2021-S1', decisions: { totalCount: 1, nodes: [{ words: 'Publier' }] } }],
    },
    majorAction: { decisions: { nodes: [{ id: made.id }] } },
    decisions: { nodes: [{ id: made.id }] },
    governanceSession: { body: 'STEERING_COMMITTEE' },
    decision: null,
  });
});

test('what is told of a session and of a decision is right', async () => {
  for (const [more, code] of [
    [{ heldOn: '2199-01-01' }, 'IN_THE_FUTURE'],
    [{ period: '2021-T1' }, 'BAD_PERIOD'],
    [{ id: 'MEETING-404', version: 1 }, 'NOT_FOUND'],
  ] as const) {
    expect([more, outcomeOf(await hold(more))]).toEqual([more, code]);
  }
  const { id } = (await hold())['session'] as Made;
  for (const [session, more, code] of [
    ['MEETING-404', {}, 'UNKNOWN_SESSION'],
    [id, { words: '' }, 'REQUIRED'],
    [id, { majorAction: 'MAJOR-404' }, 'UNKNOWN_MAJOR_ACTION'],
    [id, { commitments: ['COMMITMENT-E99'] }, 'UNKNOWN_COMMITMENT'],
  ] as const) {
    expect([more, outcomeOf(await decide(session, more))]).toEqual([more, code]);
  }
  expect(outcomeOf(await hold({}, HQ))).toBe('FORBIDDEN');
  expect(outcomeOf(await decide(id, {}, HQ))).toBe('FORBIDDEN');
});

test('a page costs the same whatever it holds, and pages follow each other', async () => {
  await insertRows(
    owner,
    'improvement.governance_session',
    Array.from({ length: 9 }, (_, rank) => ({
      id: `MEETING-${rank}`,
      body: 'INDIVIDUALS_COMMISSION',
      period: '2025-S1',
      held_on: `2025-01-0${rank + 1}`,
    })),
  );
  await insertRows(
    owner,
    'improvement.decision',
    Array.from({ length: 9 }, (_, rank) => ({
      id: `DECISION-${rank}`,
      session_id: `MEETING-${rank % 3}`,
      words: 'X',
      state: 'TAKEN',
    })),
  );
  const page = (first: number, after: string | null) =>
    countStatements(() =>
      ask(
        ANALYST,
        `query ($after: String) { governance(body: INDIVIDUALS_COMMISSION, first: ${first}, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { id decisions { totalCount nodes { id session { body } majorAction { title } } } } } }`,
        { after },
      ),
    );
  const all = await page(9, null);
  expect(all.result.data.governance.totalCount).toBe(9);
  expect(all.statements).toHaveLength(5);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { result }: Awaited<ReturnType<typeof page>> = await page(4, after);
    ids.push(...result.data.governance.nodes.map(({ id }: { id: string }) => id));
    const { hasNextPage, endCursor } = result.data.governance.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  expect(ids).toEqual(all.result.data.governance.nodes.map(({ id }: { id: string }) => id));
});
