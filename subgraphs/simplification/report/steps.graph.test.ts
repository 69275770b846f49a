import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import {
  ANALYST,
  COLLEAGUE,
  DITP,
  HQ,
  OTHER_HQ,
  openWorkshop,
  PORTAL,
  REFERENT,
  type STEPS,
  scores,
} from '../rewrite/fixtures/workshop.ts';

const { owner, subgraph, ask, receive, step, through, outcome, read, write } = await openWorkshop();
afterAll(() => subgraph.close());

const session = { title: 'Essai', mode: 'ONLINE', planned_on: '2026-03-01' };
const held = { ...session, state: 'HELD', held_on: '2026-03-01', participants: 8 };
await insertRows(owner, 'simplification.test_session', [
  { ...held, id: 'SESSION-held', network_id: 'NET-caf' },
  { ...held, id: 'SESSION-of-others', network_id: 'NET-france-travail' },
  { ...session, state: 'PLANNED', id: 'SESSION-planned', network_id: 'NET-caf' },
]);

const TODAY = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });

test('from receipt to dissemination, each step has its day, and the public sees what was triaged for it', async () => {
  const id = await receive();
  const seen = async () =>
    (await ask(ANONYMOUS, `{ simplificationReport(id: "${id}") { status kind problems triagedOn } }`)).data
      .simplificationReport;
  expect(await seen()).toBeNull();
  const triaged = await step('triage', id, 1, {
    kind: 'FORM',
    problems: ['TOO_LONG', 'TOO_LONG'],
    on: '2026-02-01',
  });
  expect(triaged).toEqual({
    report: {
      id,
      status: 'TRIAGED',
      version: 2,
      possibleSteps: ['START_REWRITE', 'DECLINE'],
      isPublic: true,
    },
    userErrors: [],
  });
  expect(await seen()).toEqual({
    status: 'TRIAGED',
    kind: 'FORM',
    problems: ['TOO_LONG'],
    triagedOn: '2026-02-01',
  });
  await step('startRewrite', id, 2);
  await step('saveRewrite', id, 3, { on: '2026-03-01' });
  await step('recordUserTest', id, 4, { on: '2026-03-10' });
  expect(await step('disseminate', id, 5, { on: '2026-03-20' })).toMatchObject({
    report: { status: 'DISSEMINATED', version: 6, possibleSteps: [] },
  });
  expect(await read(id)).toMatchObject({
    status: 'DISSEMINATED',
    triaged_on: '2026-02-01',
    rewritten_on: '2026-03-01',
    tested_on: '2026-03-10',
    disseminated_on: '2026-03-20',
    import_id: null,
  });
});

test('the days of steps are today when nobody says otherwise', async () => {
  const id = await receive();
  await through(id, 'triage');
  expect((await read(id)).triaged_on).toBe(TODAY);
});

describe('nothing is disseminated untested', () => {
  const UNTESTED = { report: null, userErrors: [{ code: 'NOT_TESTED', path: ['input'] }] };

  test('what a file tells as tested has no test in the hub: one is recorded first', async () => {
    const days = { triaged_on: '2026-01-10', rewritten_on: '2026-01-20', tested_on: '2026-01-30' };
    const id = await receive({ status: 'USER_TESTED', ...days });
    expect(await step('disseminate', id, 1)).toMatchObject(UNTESTED);
    expect(await step('recordUserTest', id, 1)).toMatchObject({
      userErrors: [{ code: 'NOT_REWRITTEN', path: ['input', 'rewrite'] }],
    });
  });

  test('a version written after a test needs a test of its own', async () => {
    const id = await receive();
    const tested = await through(id, 'triage', 'startRewrite', 'saveRewrite', 'recordUserTest');
    const again = await through(id, 'rewriteAgain', 'saveRewrite');
    expect(again).toBe(tested + 2);
    expect((await read(id)).tested_on).toBeNull();
    expect(await step('disseminate', id, again)).toMatchObject({
      userErrors: [{ code: 'IMPOSSIBLE_TRANSITION' }],
    });
    expect(await step('recordUserTest', id, again, { rewrite: 1 })).toMatchObject({
      userErrors: [{ code: 'NOT_THE_LAST', message: 'Expected a test of the last version, 2.' }],
    });
    await step('recordUserTest', id, again, { rewrite: 2 });
    expect(outcome(await step('disseminate', id, again + 1))).toBe('done');
  });
});

describe('refused with its place in the input:', () => {
  test.each<[keyof typeof STEPS, string, object, string]>([
    ['triage', 'RECEIVED', { on: '2099-01-01' }, 'FUTURE_DATE input.on'],
    ['triage', 'RECEIVED', { on: '2026-01-04' }, 'TOO_EARLY input.on'],
    ['triage', 'RECEIVED', { document: 'DOC-none' }, 'UNKNOWN_DOCUMENT input.document'],
    ['decline', 'RECEIVED', { reason: '  ' }, 'REQUIRED input.reason'],
    ['decline', 'RECEIVED', { reason: 'x'.repeat(1001) }, 'TOO_LONG input.reason'],
    ['saveRewrite', 'IN_REWRITE', { before: '' }, 'REQUIRED input.before'],
    ['saveRewrite', 'IN_REWRITE', { after: 'x'.repeat(20_001) }, 'TOO_LONG input.after'],
    ['saveRewrite', 'IN_REWRITE', { criteria: scores().slice(1) }, 'CRITERIA_INCOMPLETE input.criteria'],
    ['saveRewrite', 'IN_REWRITE', { criteria: scores(-1, 3) }, 'OUT_OF_RANGE input.criteria.0'],
    ['saveRewrite', 'IN_REWRITE', { criteria: scores(0, 4) }, 'OUT_OF_RANGE input.criteria.0'],
    ['saveRewrite', 'IN_REWRITE', { assessment: 'x'.repeat(4001) }, 'TOO_LONG input.assessment'],
  ])('%s of a %s report with %j', async (verb, status, more, expected) => {
    const id = await receive({ status });
    const { report, userErrors } = await step(verb, id, 1, more);
    expect(report).toBeNull();
    expect(`${userErrors[0].code} ${userErrors[0].path.join('.')}`).toBe(expected);
    expect(await read(id)).toMatchObject({ status, version: 1 });
  });

  test.each([
    [{ testers: 0 }, 'OUT_OF_RANGE input.testers'],
    [{ understood: 9 }, 'OUT_OF_RANGE input.understood'],
    [{ completed: -1 }, 'OUT_OF_RANGE input.completed'],
    [{ session: 'SESSION-none' }, 'UNKNOWN_SESSION input.session'],
    [{ session: 'SESSION-planned' }, 'UNKNOWN_SESSION input.session'],
    [{ session: 'SESSION-of-others' }, 'UNKNOWN_SESSION input.session'],
  ])('a test with %j', async (more, expected) => {
    const id = await receive();
    const version = await through(id, 'triage', 'startRewrite', 'saveRewrite');
    const { userErrors } = await step('recordUserTest', id, version, more);
    expect(`${userErrors[0].code} ${userErrors[0].path.join('.')}`).toBe(expected);
  });
});

test('a test may have taken place in a session of the network', async () => {
  const id = await receive();
  const version = await through(id, 'triage', 'startRewrite', 'saveRewrite');
  await step('recordUserTest', id, version, { session: 'SESSION-held' });
  const { data } = await ask(
    HQ,
    `{ simplificationReport(id: "${id}") { rewrites { tests { session testers } } } }`,
  );
  expect(data.simplificationReport.rewrites[0].tests).toEqual([{ session: 'SESSION-held', testers: 8 }]);
});

describe('who:', () => {
  test('a network out of reach and a report that does not exist are answered alike', async () => {
    const id = await receive();
    const answers = await Promise.all([
      step('triage', id, 1, {}, OTHER_HQ),
      step('triage', 'REP-none', 1, {}, OTHER_HQ),
    ]);
    expect(answers.map(({ error }) => error)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  test.each<[string, Viewer, string]>([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a partner', PORTAL, 'FORBIDDEN'],
    ['an analyst', ANALYST, 'FORBIDDEN'],
    ['headquarters', HQ, 'done'],
    ['DITP', DITP, 'done'],
    ['the referent of the structure', REFERENT, 'done'],
  ])('%s', async (_who, viewer, expected) => {
    const id = await receive();
    for (const verb of ['triage', 'startRewrite'] as const) {
      const { version } = await read(id);
      expect(outcome(await step(verb, id, version, {}, viewer))).toBe(expected);
    }
  });

  test('a referent writes below the own structure only', async () => {
    const elsewhere = await receive({ structure_id: 'STR-caf-75' });
    const nowhere = await receive({ structure_id: null });
    const site = await receive({ structure_id: null, site_id: 'SITE-caf-75' });
    for (const id of [elsewhere, nowhere, site]) {
      expect(outcome(await step('triage', id, 1, {}, REFERENT))).toBe('NOT_FOUND');
    }
  });

  test('what only those who work on it see is refused to others, and null out of reach', async () => {
    const id = await receive({ published: true });
    const fields = `{ simplificationReport(id: "${id}") { id version possibleSteps rewrites { after } } }`;
    expect((await ask(PORTAL, fields)).errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await ask(OTHER_HQ, fields)).data.simplificationReport).toEqual({
      id,
      version: null,
      possibleSteps: null,
      rewrites: [],
    });
    expect((await ask(HQ, fields)).data.simplificationReport).toMatchObject({ version: 1, rewrites: [] });
  });
});

test('a command sent again with its key is not done again, and two agents at once do not overwrite each other', async () => {
  const id = await receive();
  const idempotencyKey = randomUUID();
  const twice = [
    await step('triage', id, 1, { idempotencyKey }),
    await step('triage', id, 1, { idempotencyKey }),
  ];
  expect(twice.map(outcome)).toEqual(['done', 'done']);
  expect((await read(id)).version).toBe(2);
  const race = await Promise.all([
    step('startRewrite', id, 2),
    step('decline', id, 2, {}, COLLEAGUE),
    step('startRewrite', id, 2, {}, DITP),
  ]);
  expect(race.map(outcome).filter((code) => code === 'done')).toHaveLength(1);
  expect(race.map(outcome).filter((code) => code === 'CONFLICT')).toHaveLength(2);
});

test('a declined report is taken up again from its examination, out of sight', async () => {
  const id = await receive();
  const version = await through(id, 'triage', 'decline');
  expect(await read(id)).toMatchObject({
    declined_on: TODAY,
    decline_reason: 'Document abandonné.',
    published: true,
  });
  await step('reopen', id, version);
  expect(await read(id)).toMatchObject({
    status: 'RECEIVED',
    triaged_on: null,
    declined_on: null,
    decline_reason: null,
    published: false,
  });
});

test('a report is linked to a document of its network, and to none', async () => {
  const id = await receive({ status: 'TRIAGED', published: true });
  const document = { kind: 'LETTER' as const, title: 'Avis', reference: null, url: null };
  await owner
    .insertInto('simplification.document')
    .values([
      { id: 'DOC-1', network_id: 'NET-caf', published: true, ...document, ...UNWRITTEN },
      { id: 'DOC-2', network_id: 'NET-france-travail', published: true, ...document, ...UNWRITTEN },
    ])
    .execute();
  const link = (version: number, to: string | null) =>
    write(
      HQ,
      'linkReportDocument',
      'LinkReportDocumentInput',
      { id, version, document: to },
      'report { document { id } }',
    );
  expect(outcome(await link(1, 'DOC-2'))).toBe('UNKNOWN_DOCUMENT');
  expect(await link(1, 'DOC-1')).toMatchObject({ report: { document: { id: 'DOC-1' } } });
  expect(await link(2, null)).toMatchObject({ report: { document: null } });
});

test('the audit tells every step, and no text of anybody but the reason', async () => {
  const id = await receive();
  await through(
    id,
    'triage',
    'startRewrite',
    'saveRewrite',
    'recordUserTest',
    'rewriteAgain',
    'decline',
    'reopen',
  );
  const { rows } = await sql<{ action: string; reason: string | null; after: object }>`
    select action, reason, after from simplification.audit where object_id = ${id} order by at, id`.execute(
    owner,
  );
  expect(rows.map(({ action, reason }) => [action, reason])).toEqual([
    ['REPORT_TRIAGED', null],
    ['REWRITE_STARTED', null],
    ['REWRITE_SAVED', null],
    ['USER_TEST_RECORDED', null],
    ['REWRITE_STARTED_AGAIN', 'Trop peu comprennent.'],
    ['REPORT_DECLINED', 'Document abandonné.'],
    ['REPORT_REOPENED', 'Encore envoyé.'],
  ]);
  expect(rows[3]?.after).toMatchObject({ rewrite: 1, testers: 8, understood: 7, completed: 6, version: 5 });
  expect(JSON.stringify(rows)).not.toMatch(/réglementation|Malgré|comprends pas|arrête/);
});

const UNWRITTEN = { withdrawn_on: null, import_id: null, import_row: null };
