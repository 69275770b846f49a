import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { COLLEAGUE, HQ, OTHER_HQ, openWorkshop } from './fixtures/workshop.ts';

const { owner, subgraph, ask, receive, step, through, outcome } = await openWorkshop();
afterAll(() => subgraph.close());

const REWRITES = `rewrites { id number before after writtenOn assessment experts galleryTitle publishedOn
  criteria { criterion before after } readabilityAfter { words }
  tests { testers understood completed understoodShare completedShare remarks on } }`;

test('versions of a text and their tests, the last one first, for those who work on it', async () => {
  const id = await receive({ published: true });
  await through(id, 'triage', 'startRewrite', 'saveRewrite');
  await step('recordUserTest', id, 4, { testers: 3, understood: 2, completed: 1, on: null });
  await step('recordUserTest', id, 5, { testers: 4, understood: 4, completed: 4, remarks: null });
  await step('rewriteAgain', id, 6);
  const more = { experts: ['LEGAL', 'DESIGN', 'LEGAL'], assessment: ' Plus court. ', after: 'Malgré tout.' };
  await step('saveRewrite', id, 7, more);
  const read = async (as = HQ) =>
    (await ask(as, `{ simplificationReport(id: "${id}") { ${REWRITES} } }`)).data.simplificationReport
      .rewrites;
  const [last, first] = await read();
  expect(last).toMatchObject({
    id: `REWRITE-${id.slice(4)}-2`,
    number: 2,
    after: 'Malgré tout.',
    assessment: 'Plus court.',
    experts: ['LEGAL', 'DESIGN'],
    galleryTitle: null,
    publishedOn: null,
    readabilityAfter: { words: 2 },
    tests: [],
  });
  expect(first.number).toBe(1);
  expect(first.tests).toHaveLength(2);
  expect(first.tests).toContainEqual({
    testers: 3,
    understood: 2,
    completed: 1,
    understoodShare: 0.6667,
    completedShare: 0.3333,
    remarks: 'Le mot « règle » arrête une personne.',
    on: first.writtenOn,
  });
  expect(await read(OTHER_HQ)).toEqual([]);
});

test('a version sent twice with one key is kept once; of two at once one is kept', async () => {
  const id = await receive();
  const version = await through(id, 'triage', 'startRewrite');
  const idempotencyKey = randomUUID();
  for (let time = 0; time < 2; time += 1) await step('saveRewrite', id, version, { idempotencyKey });
  const race = await Promise.all([
    step('saveRewrite', id, version + 1),
    step('saveRewrite', id, version + 1, {}, COLLEAGUE),
  ]);
  expect(race.map(outcome).toSorted()).toEqual(['CONFLICT', 'done']);
  const rows = await owner
    .selectFrom('simplification.rewrite')
    .select('number')
    .where('report_id', '=', id)
    .orderBy('number')
    .execute();
  expect(rows).toEqual([{ number: 1 }, { number: 2 }]);
});

test('texts of many reports are read in as many statements as those of one', async () => {
  for (let count = 0; count < 3; count += 1) {
    await through(await receive(), 'triage', 'startRewrite', 'saveRewrite', 'recordUserTest');
  }
  const list = (first: number) =>
    countStatements(() =>
      ask(
        HQ,
        `{ reportsToTriage(filter: { status: [USER_TESTED] }, first: ${first}) { nodes { ${REWRITES} } } }`,
      ),
    );
  const [one, many] = [await list(1), await list(100)];
  expect(many.result.data.reportsToTriage.nodes.length).toBeGreaterThanOrEqual(3);
  expect(many.statements.length).toBe(one.statements.length);
});
