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

const FIELDS = 'idea { id version state publication reason doneOn plan { id } }';
const propose = (who: Viewer, subject: object, more: object = {}) =>
  write(
    who,
    'proposeIdea',
    'ProposeIdeaInput',
    { subject, title: 'Un banc devant la porte', proposedOn: '2026-01-05', ...more },
    FIELDS,
  );
const adopt = (who: Viewer, { id, version }: Made, more: object = {}) =>
  write(who, 'adoptIdea', 'AdoptIdeaInput', { id, version, ...more }, FIELDS);
const publish = (who: Viewer, { id, version }: Made) =>
  write(who, 'publishIdea', 'PublicationInput', { id, version }, FIELDS);
const setAside = (who: Viewer, { id, version }: Made, reason: string | null) =>
  write(who, 'setIdeaAside', 'StepInput', { id, version, reason }, FIELDS);
const finish = (who: Viewer, { id, version }: Made, more: object = {}) =>
  write(who, 'finishIdea', 'FinishIdeaInput', { id, version, doneOn: '2026-03-01', ...more }, FIELDS);
const idea = ({ idea: made }: { [field: string]: unknown }) => made as Made;
const seen = async (who: Viewer, id: string) =>
  (await ask(who, `{ idea(id: "${id}") { title state doneOn plan { id } } }`)).data.idea;

test('an idea is internal until it is adopted and published; set aside, it is internal again', async () => {
  await insertRows(owner, 'improvement.action_plan', [
    { network_id: 'NET-caf', id: 'PLAN-1', title: 'Public', status: 'IN_PROGRESS', published: true },
  ]);
  const proposed = idea(await propose(REFERENT, LOCAL));
  expect(outcomeOf(await publish(HQ, proposed))).toBe('NOT_ADOPTED');
  const adopted = idea(await adopt(REFERENT, proposed, { plan: 'PLAN-1' }));
  expect(await seen(HQ, adopted.id)).toBeNull();
  const shown = idea(await publish(HQ, adopted));
  expect(await seen(ANALYST, shown.id)).toEqual({
    title: 'Un banc devant la porte',
    state: 'ADOPTED',
    doneOn: null,
    plan: { id: 'PLAN-1' },
  });
  const done = idea(await finish(HQ, shown));
  expect(done).toMatchObject({ state: 'DONE', publication: 'PUBLISHED', doneOn: '2026-03-01' });
  expect(await seen(ANALYST, shown.id)).toMatchObject({ state: 'DONE', doneOn: '2026-03-01' });

  const second = idea(await propose(HQ, LOCAL));
  const public2 = idea(await publish(HQ, idea(await adopt(HQ, second))));
  expect(outcomeOf(await setAside(HQ, public2, null))).toBe('REQUIRED');
  expect(idea(await setAside(HQ, public2, 'Trop cher'))).toMatchObject({
    state: 'SET_ASIDE',
    publication: 'WITHDRAWN',
    reason: 'Trop cher',
  });
  expect(await seen(ANALYST, second.id)).toBeNull();
});

test('what is told of an idea is right', async () => {
  for (const [more, code] of [
    [{ title: '' }, 'REQUIRED'],
    [{ proposedOn: '2199-01-01' }, 'IN_THE_FUTURE'],
    [{ commitments: ['COMMITMENT-E99'] }, 'UNKNOWN_COMMITMENT'],
    [{ description: 'x'.repeat(4001) }, 'TOO_LONG'],
  ] as const) {
    expect([more, outcomeOf(await propose(HQ, LOCAL, more))]).toEqual([more, code]);
  }
  const adopted = idea(await adopt(HQ, idea(await propose(HQ, LOCAL))));
  expect(outcomeOf(await finish(HQ, adopted, { doneOn: '2026-01-04' }))).toBe('OUT_OF_RANGE');
  expect(outcomeOf(await finish(HQ, adopted, { doneOn: '2199-01-04' }))).toBe('IN_THE_FUTURE');
  expect(outcomeOf(await finish(HQ, adopted, { plan: 'PLAN-404' }))).toBe('UNKNOWN_PLAN');
});

test('who may propose an idea, and who reads it', async () => {
  for (const [who, subject, outcome] of [
    [HQ, NATIONAL, 'done'],
    [REFERENT, LOCAL, 'done'],
    [REFERENT, NATIONAL, 'NOT_FOUND'],
    [SIBLING, LOCAL, 'NOT_FOUND'],
    [OTHER_HQ, LOCAL, 'NOT_FOUND'],
    [ANALYST, LOCAL, 'FORBIDDEN'],
    [DITP, { network: 'NET-france-travail' }, 'done'],
  ] as const) {
    expect([who.role, subject, outcomeOf(await propose(who, subject))]).toEqual([who.role, subject, outcome]);
  }
  const { id } = idea(await propose(HQ, LOCAL));
  const inside = async (who: Viewer) => {
    const { data } = await ask(
      who,
      `{ improvementWork(network: "NET-caf") { ideas(first: 100, filter: { state: [PROPOSED] }) { nodes { id reason } } } }`,
    );
    return data.improvementWork?.ideas.nodes.map((each: { id: string }) => each.id) ?? null;
  };
  expect(await inside(HQ)).toContain(id);
  expect(await inside(REFERENT)).toContain(id);
  expect(await inside(DITP)).toContain(id);
  expect(await inside(SIBLING)).toEqual([]);
  expect(await inside(OTHER_HQ)).toBeNull();
});

test('an idea that does not exist and one out of reach are answered alike', async () => {
  const proposed = idea(await propose(HQ, LOCAL));
  for (const who of [SIBLING, OTHER_HQ]) {
    const there = await countStatements(() => adopt(who, proposed));
    const nowhere = await countStatements(() => adopt(who, { ...proposed, id: `IDEA-${randomUUID()}` }));
    expect(there.result).toEqual({ error: 'NOT_FOUND', message: 'No such idea.' });
    expect(there.result).toEqual(nowhere.result);
    expect(there.statements).toEqual(nowhere.statements);
  }
});

test('sent again, an idea is not proposed again; of two who decide at once, one does', async () => {
  const idempotencyKey = randomUUID();
  const first = await propose(HQ, LOCAL, { idempotencyKey });
  expect(await propose(HQ, LOCAL, { idempotencyKey })).toEqual(first);
  const both = await Promise.all([adopt(HQ, idea(first)), setAside(REFERENT, idea(first), 'Non')]);
  expect(both.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
});

test('public ideas by place; a page costs the same whatever it holds', async () => {
  await insertRows(
    owner,
    'improvement.idea',
    Array.from({ length: 8 }, (_, rank) => ({
      network_id: 'NET-france-travail',
      id: `IDEA-${rank}`,
      site_id: 'SITE-ft-62',
      title: 'Un banc',
      proposed_on: `2025-0${rank + 1}-01`,
      state: rank < 4 ? 'ADOPTED' : 'DONE',
      done_on: rank < 4 ? null : '2025-12-01',
      published: rank > 0,
      plan_id: 'PLAN-1',
      commitment_ids: rank === 7 ? ['COMMITMENT-E4'] : [],
    })),
  );
  const list = (filter: string, first = 20) =>
    countStatements(() =>
      ask(
        ANALYST,
        `{ ideas(first: ${first}, filter: { territory: "DEP-62" network: "NET-france-travail" ${filter} }) { totalCount nodes { id plan { id } } } }`,
      ),
    );
  const all = await list('');
  expect(all.result.data.ideas.totalCount).toBe(7);
  expect(all.result.data.ideas.nodes[0].id).toBe('IDEA-7');
  expect(all.statements).toHaveLength(3);
  expect((await list('', 1)).statements).toHaveLength(3);
  expect((await list('state: [ADOPTED]')).result.data.ideas.totalCount).toBe(3);
  expect((await list('commitment: "COMMITMENT-E4"')).result.data.ideas.totalCount).toBe(1);
});
