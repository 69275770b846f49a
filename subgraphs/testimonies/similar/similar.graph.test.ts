import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { dump, traces } from '../contact/fixtures/dump.ts';
import { csv, importText, row } from '../fixtures/import-text.ts';
import { seedTestimonies } from '../fixtures/seed.ts';
import {
  ANONYMOUS,
  type Answer,
  newKey,
  OTHER_PORTAL,
  outcomeOf,
  PERSON,
  PORTAL,
  writersWorld,
} from '../fixtures/writers.ts';
import { purgeVotes } from './purge.query.ts';

const { database, plain, ask, write } = await writersWorld();
const VISITOR = 'visitor-0123456789-quibble';
const vote =
  (name: string) =>
  (input: object = {}, who = PORTAL) =>
    write(
      who,
      name,
      'SimilarExperienceInput',
      { testimony: 'TEM-1', voter: VISITOR, ...input },
      'testimony { id similarExperiences }',
    );
const say = vote('sayILivedThis');
const takeBack = vote('takeBackILivedThis');
const countIn = ({ testimony }: Answer) =>
  (testimony as { similarExperiences: number } | null)?.similarExperiences;
const count = async () =>
  (await ask(ANONYMOUS, '{ testimony(id: "TEM-1") { similarExperiences } }')).data.testimony
    .similarExperiences;

beforeEach(async () => {
  await sql`truncate testimonies.testimony, testimonies.import cascade`.execute(plain);
  await seedTestimonies(plain, [{ id: 'TEM-1' }, { id: 'TEM-2' }, { id: 'TEM-3', state: 'SUBMITTED' }]);
  await sql`update testimonies.testimony set similar_experiences = 7 where id = 'TEM-1'`.execute(plain);
});

test('each person counts once on a testimony, beside what the platform counted', async () => {
  expect(countIn(await say())).toBe(8);
  expect(await say()).toMatchObject({
    testimony: null,
    userErrors: [{ code: 'ALREADY_SAID', path: ['input', 'voter'] }],
  });
  expect(countIn(await say({ voter: randomUUID() }))).toBe(9);
  // Another portal's visitors are others.
  expect(countIn(await say({}, OTHER_PORTAL))).toBe(10);
  expect(await count()).toBe(10);
});

test('a person who signed in is the voter, whatever token is sent', async () => {
  expect(countIn(await say({ voter: randomUUID() }, PERSON))).toBe(8);
  expect(outcomeOf(await say({ voter: randomUUID() }, PERSON))).toBe('ALREADY_SAID');
  expect(outcomeOf(await say({ voter: null }, PERSON))).toBe('ALREADY_SAID');
});

test('whoever said it may take it back, nobody else', async () => {
  expect(outcomeOf(await takeBack())).toBe('NOT_SAID');
  await say();
  expect(outcomeOf(await takeBack({}, OTHER_PORTAL))).toBe('NOT_SAID');
  expect(countIn(await takeBack())).toBe(7);
  expect(outcomeOf(await takeBack())).toBe('NOT_SAID');
  expect(countIn(await say())).toBe(8);
});

test.each([
  ['no voter', { voter: null }, 'REQUIRED'],
  ['a voter that can be guessed', { voter: '42' }, 'OUT_OF_RANGE'],
  ['a long voter', { voter: 'a'.repeat(201) }, 'OUT_OF_RANGE'],
  ['a testimony that nobody knows', { testimony: 'TEM-404' }, 'NOT_FOUND'],
  ['one that is not public', { testimony: 'TEM-3' }, 'NOT_FOUND'],
])('%s is refused', async (_what, input, code) => {
  expect([outcomeOf(await say(input)), outcomeOf(await takeBack(input))]).toEqual([code, code]);
});

test('an unknown testimony and one that is not public answer alike', async () => {
  const [unknown, hidden] = [await say({ testimony: 'TEM-404' }), await say({ testimony: 'TEM-3' })];
  expect(unknown).toEqual(hidden);
  expect((await sql`select from testimonies.similar`.execute(plain)).rows).toEqual([]);
});

test('nobody without a key votes', async () => {
  expect(await say({}, ANONYMOUS)).toMatchObject({ error: 'UNAUTHENTICATED' });
});

describe('sent again', () => {
  test('a vote counts once, also after it was taken back', async () => {
    const idempotencyKey = newKey();
    await say({ idempotencyKey });
    expect(countIn(await say({ idempotencyKey }))).toBe(8);
    await takeBack();
    expect(countIn(await say({ idempotencyKey }))).toBe(7);
    expect(await say({ idempotencyKey, voter: randomUUID() })).toMatchObject({ error: 'BAD_USER_INPUT' });
  });

  test('of many at once one counts; of many people all do', async () => {
    const same = await Promise.all(Array.from({ length: 6 }, () => say()));
    expect(same.map(outcomeOf).toSorted()).toEqual([...Array(5).fill('ALREADY_SAID'), 'done']);
    const others = await Promise.all(Array.from({ length: 6 }, () => say({ voter: randomUUID() })));
    expect(others.map(outcomeOf)).toEqual(Array(6).fill('done'));
    expect(await count()).toBe(14);
  });
});

test('nothing tells who voted, nor that one person voted twice', async () => {
  await say();
  await say({ testimony: 'TEM-2' });
  const marks = await sql<{ mark: Buffer; voted_in: string }>`
    select mark, voted_in from testimonies.similar_vote`.execute(plain);
  expect(new Set(marks.rows.map(({ mark }) => mark.toString('hex'))).size).toBe(2);
  for (const { voted_in } of marks.rows) expect(voted_in).toMatch(/-01$/);
  expect(traces(await dump(database.url), [VISITOR, 'quibble'])).toEqual([]);
  const audited = await sql`select from testimonies.audit where object_id in ('TEM-1', 'TEM-2')`.execute(
    plain,
  );
  expect(audited.rows).toEqual([]);
  const kept = await sql<{ answer: object }>`
    select answer from testimonies.idempotency where command = 'sayILivedThis'`.execute(plain);
  expect(kept.rows.length).toBeGreaterThan(0);
  for (const { answer } of kept.rows) expect(answer).toEqual({});
});

test('an import changes what the platform counted, and loses no vote', async () => {
  await sql`truncate testimonies.testimony cascade`.execute(plain);
  await importText(database.url, csv([row({ 'Expériences Similaires': '3' })]));
  await say();
  await importText(database.url, csv([row({ 'Expériences Similaires': '5' })]));
  expect(await count()).toBe(6);
  expect(outcomeOf(await say())).toBe('ALREADY_SAID');
});

test('a purge forgets the marks of whole months and keeps the count', async () => {
  await say();
  await say({ voter: randomUUID() });
  await sql`update testimonies.similar_vote set voted_in = '2025-01-01'`.execute(plain);
  await say({ testimony: 'TEM-2' });
  expect(await purgeVotes(plain, '2025-01-31')).toBe(0);
  expect(await purgeVotes(plain, '2025-02-01')).toBe(2);
  const { rows } = await sql`
    select testimony_id, votes, secret is null as forgotten from testimonies.similar order by 1`.execute(
    plain,
  );
  expect(rows).toEqual([
    { testimony_id: 'TEM-1', votes: 2, forgotten: true },
    { testimony_id: 'TEM-2', votes: 1, forgotten: false },
  ]);
  expect(await count()).toBe(9);
  expect(outcomeOf(await takeBack())).toBe('NOT_SAID');
  expect(countIn(await say())).toBe(10);
});
