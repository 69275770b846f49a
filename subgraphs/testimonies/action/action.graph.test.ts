import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { ANONYMOUS, newKey, outcomeOf, TODAY } from '../fixtures/writers.ts';
import { OTHER_VALIDATOR, REFERENT, repliersWorld, SIBLING, VALIDATOR } from '../reply/fixtures/repliers.ts';

const { tell, send, seen, ask, owner } = await repliersWorld();

const testimonyOf = (id: string) => id.slice(0, id.lastIndexOf(':'));
const SHOWN =
  'actionEngaged actionEngagedOn actions { on words structure { id } plan { id } } plans { id } impacts { id }';
const engage = (id: string, version: number, more: object = {}, who = REFERENT) =>
  send(who, 'engageAction', {
    id,
    version,
    on: '2026-11-10',
    words: 'Un second guichet est ouvert.',
    ...more,
  });

/** The testimonies behind a plan or an impact, as the gateway asks for them. */
async function behind(type: string, ids: readonly string[], args = '') {
  const { data } = await ask(
    ANONYMOUS,
    `query ($r: [_Any]!) { _entities(representations: $r) { ... on ${type} { id testimonies${args} { totalCount nodes { id } pageInfo { endCursor } } } } }`,
    { r: ids.map((id) => ({ __typename: type, id })) },
  );
  return data._entities;
}

test('a structure engages an action, says it anew, and anybody sees it at once', async () => {
  const [id = ''] = await tell();
  const done = await engage(id, 1, { plan: 'PLAN-accueil' });
  expect(done).toMatchObject({ task: { id, state: 'TO_PROCESS', version: 2 }, userErrors: [] });
  expect(await seen(ANONYMOUS, testimonyOf(id), SHOWN)).toEqual({
    actionEngaged: true,
    actionEngagedOn: '2026-11-10',
    actions: [
      {
        on: '2026-11-10',
        words: 'Un second guichet est ouvert.',
        structure: { id: 'STR-caf-62' },
        plan: { id: 'PLAN-accueil' },
      },
    ],
    plans: [{ id: 'PLAN-accueil' }],
    impacts: [],
  });
  await engage(id, 2, { on: TODAY, words: 'Depuis aujourd’hui.', plan: 'PLAN-guichets' });
  expect(await seen(ANONYMOUS, testimonyOf(id), SHOWN)).toMatchObject({
    actionEngagedOn: TODAY,
    actions: [{ on: TODAY, words: 'Depuis aujourd’hui.', plan: { id: 'PLAN-guichets' } }],
    plans: [{ id: 'PLAN-guichets' }],
  });
  const { data } = await ask(ANONYMOUS, '{ testimonies(filter: { actionEngaged: true }) { nodes { id } } }');
  expect(data.testimonies.nodes).toContainEqual({ id: testimonyOf(id) });
});

test('the badge has the earliest day that is known; a day that is said anew does not count any more', async () => {
  const [first = '', second = ''] = await tell([{ structure: 'STR-caf-62' }, { structure: 'STR-caf-75' }], {
    actionEngagedOn: '2026-11-08',
  });
  const day = async () => (await seen(ANONYMOUS, testimonyOf(first), 'actionEngagedOn')).actionEngagedOn;
  await engage(first, 1, { on: '2026-11-12' });
  expect(await day()).toBe('2026-11-08');
  expect(outcomeOf(await engage(second, 1, { on: '2026-11-05' }, SIBLING))).toBe('done');
  expect(await day()).toBe('2026-11-05');
  await engage(second, 2, { on: '2026-11-20' }, SIBLING);
  expect(await day()).toBe('2026-11-12');
});

test.each([
  ['a day to come', { on: '2026-11-23' }, 'OUT_OF_RANGE'],
  ['a day before the testimony', { on: '2026-10-31' }, 'OUT_OF_RANGE'],
  ['no words', { words: ' ' }, 'REQUIRED'],
  ['an impact for a plan', { plan: 'IMPACT-1' }, 'BAD_CODE'],
  ['an id that is none', { plan: 'PLAN-' }, 'BAD_CODE'],
])('%s is refused', async (_case, more, code) => {
  const [id = ''] = await tell();
  expect(outcomeOf(await engage(id, 1, more))).toBe(code);
  expect(await seen(ANONYMOUS, testimonyOf(id), 'actionEngaged actions { on }')).toEqual({
    actionEngaged: false,
    actions: [],
  });
});

test('only who owes the reply acts: not those beside, not those who handed on; once for one key', async () => {
  const [id = ''] = await tell();
  expect(outcomeOf(await engage(id, 1, {}, SIBLING))).toBe('NOT_FOUND');
  expect(await engage(id, 1, {}, OTHER_VALIDATOR)).toEqual(
    await engage('TEM-NONE:1', 1, {}, OTHER_VALIDATOR),
  );
  const idempotencyKey = newKey();
  const both = await Promise.all([engage(id, 1, { idempotencyKey }), engage(id, 1, { idempotencyKey })]);
  expect(both.map(outcomeOf)).toEqual(['done', 'done']);
  expect(outcomeOf(await engage(id, 1))).toBe('CONFLICT');
  await send(VALIDATOR, 'transferReply', { id, version: 2, to: 'STR-caf-62-arras', reason: 'Là-bas' });
  expect(outcomeOf(await engage(id, 3))).toBe('HANDED_ON');
  expect(outcomeOf(await engage(id.replace(/1$/, '4'), 1))).toBe('done');
});

test('a testimony is linked to what it led to, and found from there, page by page', async () => {
  const ids = await Promise.all(
    ['2026-11-03', '2026-11-04', '2026-11-05'].map((day) => tell(undefined, { publishedOn: day })),
  );
  for (const [id = ''] of ids) {
    expect(outcomeOf(await send(REFERENT, 'linkTestimony', { id, version: 1, target: 'IMPACT-7' }))).toBe(
      'done',
    );
  }
  const [oldest = '', middle = '', latest = ''] = ids.map(([id = '']) => testimonyOf(id));
  expect(await behind('Impact', ['IMPACT-7', 'IMPACT-none'])).toMatchObject([
    {
      id: 'IMPACT-7',
      testimonies: { totalCount: 3, nodes: [{ id: latest }, { id: middle }, { id: oldest }] },
    },
    { id: 'IMPACT-none', testimonies: { totalCount: 0, nodes: [] } },
  ]);
  const [page] = await behind('Impact', ['IMPACT-7'], '(first: 2)');
  const [rest] = await behind(
    'Impact',
    ['IMPACT-7'],
    `(first: 2, after: "${page.testimonies.pageInfo.endCursor}")`,
  );
  expect(rest.testimonies.nodes).toEqual([{ id: oldest }]);
  const [id = ''] = ids[2] ?? [];
  const again = { id, version: 2, target: 'IMPACT-7' };
  expect(outcomeOf(await send(REFERENT, 'linkTestimony', again))).toBe('NOTHING_CHANGED');
  expect(outcomeOf(await send(REFERENT, 'linkTestimony', { ...again, target: 'LABEL-7' }))).toBe('BAD_CODE');
  expect(outcomeOf(await send(REFERENT, 'linkTestimony', { ...again, linked: false }))).toBe('done');
  expect(await seen(ANONYMOUS, latest, 'impacts { id }')).toEqual({ impacts: [] });
});

test('what was not published, or is not any more, is behind nothing', async () => {
  const [id = ''] = await tell();
  await engage(id, 1, { plan: 'PLAN-secret' });
  expect(await behind('ActionPlan', ['PLAN-secret'])).toMatchObject([{ testimonies: { totalCount: 1 } }]);
  await sql`
    update testimonies.testimony set state = 'REJECTED', rejection_reason = 'Insultes' where id = ${testimonyOf(id)}`.execute(
    owner,
  );
  expect(await behind('ActionPlan', ['PLAN-secret'])).toMatchObject([
    { testimonies: { totalCount: 0, nodes: [] } },
  ]);
});

test('actions and links of a page cost the same statements, whatever it holds', async () => {
  const count = async (first: number) =>
    (
      await countStatements(() =>
        ask(ANONYMOUS, `{ testimonies(first: ${first}) { nodes { ${SHOWN} concerns { id } } } }`),
      )
    ).statements.length;
  expect(await count(1)).toBe(4);
  expect(await count(50)).toBe(4);
});
