import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { madeAnswers, withAnswers } from '../fixtures/answers.ts';
import { DITP, HQ, newKey, OTHER_AGENT, OTHER_HQ, writersCountry } from '../fixtures/writers.ts';

const world = await writersCountry();
const { database, owner, ask } = world;
const { expectCounted, send, publishAll } = withAnswers(world);
const intake = async (who: Viewer, network = 'NET-agences') =>
  (
    await ask(
      who,
      `{ surveyIntake(network: "${network}") { indicator { id } period waiting firstDay lastDay } }`,
    )
  ).data.surveyIntake;

test('answers wait, in numbers, until they are published together', async () => {
  const answers = madeAnswers(40, 2020, 'A');
  expect(await send(answers)).toMatchObject({ added: 40, known: 0, refused: 0, userErrors: [] });
  await expectCounted(2020, []);
  const waiting = await intake(HQ);
  expect(
    waiting.map(({ indicator, period }: { indicator: { id: string }; period: string }) => [
      indicator.id,
      period,
    ]),
  ).toEqual([
    ['IND-EFFORT', '2020'],
    ['IND-RELATION', '2020'],
    ['IND-SATISFACTION', '2020'],
  ]);
  expect(waiting.reduce((sum: number, row: { waiting: number }) => sum + row.waiting, 0)).toBe(40);
  const done = await publishAll();
  expect(done).toMatchObject({ answers: 40, left: 0, userErrors: [] });
  await expectCounted(2020, answers);
  expect(await intake(HQ)).toEqual([]);
  const { rows } = await sql`select from indicators.import where feed = 'survey-answers-api'`.execute(owner);
  expect(rows).toHaveLength(1);
  expect((await publishAll()).userErrors).toMatchObject([
    { code: 'NOTHING_WAITING', path: ['input', 'network'] },
  ]);
});

test('each answer of a batch is new, known or refused, by its place', async () => {
  const [good, other, third] = madeAnswers(3, 2021, 'B');
  if (!good || !other || !third) throw new Error('three answers');
  await send([good]);
  const sent = await send([
    { ...good },
    other,
    { ...good, answer: good.answer === 'FAVOURABLE' ? 'UNFAVOURABLE' : 'FAVOURABLE' },
    { ...third, subject: 'SITE-nowhere' },
    { ...third, subject: 'SITE-k1', reference: 'B-k1' },
    { ...third, question: 'IND-TAUX_DECROCHE', reference: 'B-calls' },
    { ...third, day: '2199-01-01', reference: 'B-future' },
    { ...third, reference: 'two words' },
  ]);
  // The first and the third say two things under one reference: nobody knows which is right.
  expect(sent).toMatchObject({ added: 1, known: 0, refused: 7 });
  expect(
    sent.userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`),
  ).toEqual([
    'CONTRADICTORY_ROW input.answers.0.reference',
    'CONTRADICTORY_ROW input.answers.2.reference',
    'UNKNOWN_SITE input.answers.3.site',
    'OTHER_NETWORK input.answers.4',
    'NOT_ON_SCALE input.answers.5.question',
    'FUTURE_DATE input.answers.6.answeredOn',
    'BAD_CODE input.answers.7.reference',
  ]);
  expect(await send([good, other])).toMatchObject({ added: 0, known: 2, refused: 0 });
  await publishAll();
  await expectCounted(2021, [good, other]);
});

test('a retry gives the first answer; shuffled, overlapping batches at once count each answer once', async () => {
  const answers = madeAnswers(120, 2022, 'C');
  const idempotencyKey = newKey();
  const bad = answers.slice(0, 1).map((one) => ({ ...one, reference: 'C-bad', subject: 'SITE-nowhere' }));
  const first = await send([...answers.slice(0, 50), ...bad], HQ, { idempotencyKey });
  expect(first).toMatchObject({ added: 50, refused: 1 });
  expect(await send([...answers.slice(0, 50), ...bad], HQ, { idempotencyKey })).toEqual(first);
  expect(await send(answers.slice(0, 51), HQ, { idempotencyKey })).toMatchObject({ error: 'BAD_USER_INPUT' });
  const batches = [
    answers.slice(30, 90),
    answers.slice(60).toReversed(),
    answers.toReversed().slice(10, 100),
    answers.slice(0, 70),
  ];
  const all = await Promise.all(batches.map((batch, index) => send(batch, index % 2 ? HQ : OTHER_AGENT)));
  expect(all.reduce((sum, { added }) => sum + added, 0)).toBe(70);
  expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const key = newKey();
  const [one, two] = await Promise.all([publishAll(HQ, key), publishAll(HQ, key)]);
  expect(one).toMatchObject({ answers: 120 });
  expect(two).toEqual(one);
  await expectCounted(2022, answers);
});

test('another network is refused as one that does not exist, and sees nothing that waits', async () => {
  await send(madeAnswers(3, 2023, 'D'));
  const alike = async (one: Promise<{ errors: unknown }>, two: Promise<{ errors: unknown }>) => {
    const answer = JSON.stringify((await one).errors);
    expect(answer).toContain('NOT_FOUND');
    expect(answer).toBe(JSON.stringify((await two).errors));
  };
  const answers = madeAnswers(2, 2023, 'E');
  await alike(send(answers, OTHER_HQ), send(answers, OTHER_HQ, { network: 'NET-nobody' }));
  await alike(publishAll(OTHER_HQ), publishAll(OTHER_HQ, newKey(), 'NET-nobody'));
  expect(await intake(OTHER_HQ)).toEqual([]);
  expect(await intake(HQ, 'NET-nobody')).toEqual([]);
  expect(await intake(DITP)).toHaveLength((await intake(HQ)).length);
  const analyst: Viewer = { role: 'ANALYST', subject: 'key:a', network: null, structure: null };
  const refused = await ask(analyst, '{ surveyIntake(network: "NET-agences") { waiting } }');
  expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
  // Nothing by SQL either, for an agent of another network.
  const agent = database.connect<unknown>('indicators', 'agent');
  const seen = await agent.transaction().execute(async (trx) => {
    await sql`select set_config('hub.role', 'NETWORK_HQ', true), set_config('hub.network', 'NET-caisses', true)`.execute(
      trx,
    );
    return sql`select from indicators.survey_waiting`.execute(trx);
  });
  expect(seen.rows).toEqual([]);
});

test('the audit tells how many, and neither references nor answers', async () => {
  await send(madeAnswers(2, 2024, 'SECRET'));
  const { rows } = await sql<{ action: string; told: string }>`
    select action, coalesce(before::text, '') || coalesce(after::text, '') as told from indicators.audit
     where action like 'SURVEY%'`.execute(owner);
  expect(new Set(rows.map(({ action }) => action))).toEqual(
    new Set(['SURVEY_ANSWERS_RECEIVED', 'SURVEY_ANSWERS_PUBLISHED']),
  );
  expect(JSON.stringify(rows)).not.toMatch(/SECRET|SITE-|FAVOURABLE/);
});

test('more than a thousand answers are several requests; none are none', async () => {
  const sent = await send(madeAnswers(1001, 2024, 'F'));
  expect(sent).toMatchObject({ error: 'BAD_USER_INPUT' });
  expect(await send([])).toMatchObject({ added: 0, known: 0, refused: 0, userErrors: [] });
});

test('a thousand refusals are told again on a retry', async () => {
  const idempotencyKey = newKey();
  const answers = madeAnswers(1000, 2024, 'G').map((one) => ({ ...one, subject: 'SITE-nowhere' }));
  const first = await send(answers, HQ, { idempotencyKey });
  expect(first).toMatchObject({ added: 0, refused: 1000 });
  expect(first.userErrors).toHaveLength(1000);
  expect(await send(answers, HQ, { idempotencyKey })).toEqual(first);
});
