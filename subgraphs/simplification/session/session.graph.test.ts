import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { HQ, OTHER_AGENT, OTHER_HQ, openDesk } from './fixtures/desk.ts';

const desk = await openDesk();
afterAll(() => desk.subgraph.close());

/** A session that is open. */
async function opened() {
  const { id } = await desk.plan();
  await desk.step('openTestSession', id, 1);
  return id;
}

const PUBLIC = `testSessions(filter: { report: "REP-1" }) { totalCount nodes { id title mode heldOn participants remarks
  network { id } results { report { id } testers understood completed understoodShare completedShare } } }`;

test('a session is public once its results are published, and not before', async () => {
  const { id } = await desk.plan();
  const known = async () => (await desk.ask(ANONYMOUS, `{ ${PUBLIC} testSession(id: "${id}") { id } }`)).data;
  expect(await known()).toEqual({ testSessions: { totalCount: 0, nodes: [] }, testSession: null });
  await desk.step('openTestSession', id, 1);
  await desk.hold(id, 2);
  expect((await known()).testSession).toBeNull();
  await desk.step('publishTestSession', id, 3);
  const { testSessions, testSession } = await known();
  expect(testSession).toEqual({ id });
  expect(testSessions).toEqual({
    totalCount: 1,
    nodes: [
      {
        id,
        title: 'Essai 1',
        mode: 'ONLINE',
        heldOn: '2026-11-01',
        participants: 8,
        remarks: 'Le mot « quotient » arrête tout le monde.',
        network: { id: 'NET-caf' },
        results: [
          {
            report: { id: 'REP-1' },
            testers: 8,
            understood: 6,
            completed: 5,
            understoodShare: 0.75,
            completedShare: 0.625,
          },
        ],
      },
    ],
  });
});

test.each([
  ['a day to come', { heldOn: '2099-01-01' }, ['FUTURE input.heldOn']],
  [
    'nobody',
    { participants: 0 },
    ['OUT_OF_RANGE input.participants', 'OUT_OF_RANGE input.results.0.testers'],
  ],
  ['no result', { results: [] }, ['BAD_COUNT input.results']],
  [
    'more than all',
    { results: [{ report: 'REP-1', testers: 9, understood: 10, completed: -1 }] },
    ['testers', 'understood', 'completed'].map((name) => `OUT_OF_RANGE input.results.0.${name}`),
  ],
  [
    'the same report twice',
    { results: Array(2).fill({ report: 'REP-1', testers: 1, understood: 1, completed: 1 }) },
    ['DUPLICATE input.results.1.report'],
  ],
  [
    'a report of another network, like one that does not exist',
    {
      results: ['REP-3', 'REP-none'].map((report) => ({ report, testers: 1, understood: 1, completed: 1 })),
    },
    ['UNKNOWN_REPORT input.results.0.report', 'UNKNOWN_REPORT input.results.1.report'],
  ],
])('what came of a session is refused: %s', async (_what, changes, expected) => {
  const answer = await desk.hold(await opened(), 2, changes);
  const told = answer.userErrors.map(({ code, path }: { code: string; path: string[] }) =>
    [code, path.join('.')].join(' '),
  );
  expect(told).toEqual(expected);
});

test('what belongs to another network is as what does not exist', async () => {
  const { id } = await desk.plan();
  for (const change of [
    (of: string) => desk.step('openTestSession', of, 1, OTHER_HQ),
    (of: string) => desk.hold(of, 1, {}, OTHER_HQ),
    (of: string) => desk.cancel(of, 1, 'x', OTHER_HQ),
    (of: string) => desk.invite(of, 1, { most: 1 }, OTHER_HQ),
  ]) {
    expect(await change(id)).toEqual(await change('SESSION-none'));
    expect(await change(id)).toMatchObject({ error: 'NOT_FOUND' });
  }
  const list = (network: string) =>
    desk.ask(OTHER_HQ, `{ preparedTestSessions(network: "${network}") { totalCount nodes { id } } }`);
  expect(await list('NET-caf')).toEqual(await list('NET-none'));
  const save = (network: string) =>
    desk.session('saveTestSession', 'SaveTestSessionInput', { ...SAVED, network }, OTHER_HQ);
  expect(await save('NET-caf')).toEqual(await save('NET-none'));
});

const SAVED = { title: 'Essai', mode: 'ONLINE', plannedOn: '2026-12-01', network: 'NET-caf' };

test('a session is changed while it can be, and stays in its network and places', async () => {
  const { id } = await desk.plan();
  const save = (input: object) =>
    desk.session('saveTestSession', 'SaveTestSessionInput', { ...SAVED, ...input });
  expect(await save({ id, version: 1, structure: 'STR-caf-62', title: 'Mieux' })).toMatchObject({
    testSession: { id, version: 2 },
    userErrors: [],
  });
  expect(await save({ id, version: 1 })).toMatchObject({ error: 'CONFLICT' });
  expect(await save({ id })).toMatchObject({ error: 'BAD_USER_INPUT' });
  const codes = async (input: object) =>
    (await save(input)).userErrors.map(({ code }: { code: string }) => code);
  expect(await codes({ id, version: 2, network: 'NET-france-travail' })).toEqual(['OTHER_NETWORK']);
  expect(await codes({ id, version: 2, structure: 'STR-ft-bapaume', site: 'SITE-none' })).toEqual([
    'UNKNOWN_STRUCTURE',
    'UNKNOWN_SITE',
  ]);
  expect(await codes({ title: ' ' })).toEqual(['BLANK']);
  await desk.cancel(id, 2);
  expect(await codes({ id, version: 3 })).toEqual(['IMPOSSIBLE_TRANSITION']);
});

test('testers are asked twice a month at most, by whatever session, those first who waited longest', async () => {
  for (const number of [1, 2, 3, 4]) {
    expect(await desk.enrol(`volontaire-${number}`, { departement: 'DEP-62' })).toMatchObject({
      eraseOn: '2029-01-15',
    });
  }
  const invitations = async (id: string) => {
    const { data } = await desk.ask(
      HQ,
      '{ preparedTestSessions(network: "NET-caf", first: 100) { nodes { id invitations { reference answer } } } }',
    );
    const nodes: { id: string; invitations: { reference: string }[] }[] = data.preparedTestSessions.nodes;
    return nodes.find((node) => node.id === id)?.invitations.map(({ reference }) => reference) ?? [];
  };
  const [first, second, third] = [await opened(), await opened(), await opened()];
  expect((await desk.invite(first, 2, { most: 2 })).userErrors).toEqual([]);
  const asked = await invitations(first);
  expect(asked).toHaveLength(2);
  // Nobody twice to one session, and those who were not asked yet come first.
  await desk.invite(first, 3, { most: 2 });
  expect(new Set(await invitations(first)).size).toBe(4);
  await desk.invite(second, 2, { most: 3 });
  expect(await invitations(second)).toHaveLength(3);
  await desk.invite(third, 2, { most: 10 });
  // One of the four was asked once only.
  expect(await invitations(third)).toHaveLength(1);
  const fourth = await opened();
  await desk.invite(fourth, 2, { most: 10 });
  expect(await invitations(fourth)).toEqual([]);
  const panel = await desk.ask(
    HQ,
    '{ testerPanel { members available profiles { members available departement { id } } } }',
  );
  expect(panel.data.testerPanel).toMatchObject({ members: 4, available: 0 });
  // The database itself holds the promise.
  await expect(
    sql`update simplification.tester set last_solicited_at = now()`.execute(desk.owner),
  ).rejects.toMatchObject({ code: '23514' });
  // A month later they may be asked again.
  await sql`alter table simplification.tester disable trigger twice_a_month`.execute(desk.owner);
  await sql`update simplification.tester set earlier_solicited_at = now() - interval '32 days'`.execute(
    desk.owner,
  );
  await sql`alter table simplification.tester enable trigger twice_a_month`.execute(desk.owner);
  await desk.invite(fourth, 3, { most: 10, departement: 'DEP-75' });
  expect(await invitations(fourth)).toEqual([]);
  await desk.invite(fourth, 4, { most: 10, departement: 'DEP-62' });
  expect(await invitations(fourth)).toHaveLength(4);
});

test('two sessions that invite at once share the testers, and nobody is asked a third time', async () => {
  for (let number = 1; number <= 20; number += 1)
    await desk.enrol(`ensemble-${number}`, { departement: 'DEP-75' });
  const sessions = await Promise.all(Array.from({ length: 6 }, () => opened()));
  const answers = await Promise.all(
    sessions.map((id, index) =>
      desk.invite(id, 2, { most: 20, departement: 'DEP-75' }, index % 2 === 0 ? HQ : OTHER_AGENT),
    ),
  );
  expect(answers.map(({ userErrors }) => userErrors)).toEqual(Array(6).fill([]));
  const { rows } = await sql<{ most: number; asked: number }>`
    select max(times)::int as most, sum(times)::int as asked from (
      select count(*) as times from simplification.invitation i join simplification.tester t on t.id = i.tester_id
       where t.departement_id = 'DEP-75' group by t.id) counted`.execute(desk.owner);
  expect(rows[0]?.most).toBeLessThanOrEqual(2);
  expect(rows[0]?.asked).toBeGreaterThanOrEqual(20);
});

test('answers are noted for those who were asked', async () => {
  await desk.enrol('repondante-1', { ageBand: 'FROM_75' });
  const id = await opened();
  await desk.invite(id, 2, { most: 1, ageBands: ['FROM_75'] });
  const note = (version: number, reference: string) =>
    desk.session('noteInvitationAnswers', 'NoteInvitationAnswersInput', {
      id,
      version,
      answers: [{ reference, answer: 'TOOK_PART' }],
    });
  expect((await note(3, 'volontaire-1')).userErrors).toMatchObject([
    { code: 'UNKNOWN_TESTER', path: ['input', 'answers', '0'] },
  ]);
  expect((await note(3, 'repondante-1')).userErrors).toEqual([]);
  const { rows } = await sql`select answer from simplification.invitation where session_id = ${id}`.execute(
    desk.owner,
  );
  expect(rows).toEqual([{ answer: 'TOOK_PART' }]);
});

test('the audit tells what was done, without who was asked', async () => {
  const { rows } = await sql<{ action: string; text: string }>`
    select action, concat(before, after, reason, object_id) as text from simplification.audit`.execute(
    desk.owner,
  );
  expect(new Set(rows.map(({ action }) => action))).toEqual(
    new Set([
      'TEST_SESSION_SAVED',
      'TEST_SESSION_OPENED',
      'TEST_SESSION_HELD',
      'TEST_SESSION_PUBLISHED',
      'TEST_SESSION_CANCELLED',
      'TESTER_ENROLLED',
      'TESTERS_INVITED',
      'INVITATIONS_ANSWERED',
    ]),
  );
  for (const { text } of rows) expect(text).not.toMatch(/volontaire-|ensemble-|repondante-|quotient|DEP-/);
});

test('a page costs the same statements whatever it holds', async () => {
  const page = (first: number) =>
    countStatements(() =>
      desk.ask(
        HQ,
        `{ preparedTestSessions(network: "NET-caf", first: ${first}) { totalCount nodes { id invitations { reference } session { results { testers } } } } }`,
      ),
    );
  expect((await page(10)).statements.length).toBe((await page(2)).statements.length);
});
