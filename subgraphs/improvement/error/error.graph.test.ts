import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openImprovement } from '../server.ts';
import { isReviewDue } from './review.ts';

const database = await testDatabase();
const { ask, entities } = asking(await openImprovement(readConfig({}), database.url));

/** ISO day in Paris, so many days from today. */
const day = (offset: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now() + offset * 86_400_000);

/** A day twelve months ago, and so many days. */
const lastYear = (offset: number) => {
  const date = new Date(`${day(offset)}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
};

const ROWS = [
  { id: 'ERR-rank-2', rank: 2, reviewed_on: day(-10) },
  { id: 'ERR-rank-1', rank: 1, reviewed_on: lastYear(2) },
  { id: 'ERR-half', occurrences: 1, cases: 2, valid_since: day(-400), reviewed_on: day(-20) },
  { id: 'ERR-third', occurrences: 100, cases: 300, valid_since: lastYear(0) },
  { id: 'ERR-unknown' },
  { id: 'ERR-rules', rank: 9, reviewed_on: day(-40), rules_changed_on: day(-30) },
  { id: 'ERR-before', rank: 10, reviewed_on: day(-30), rules_changed_on: day(-40) },
  { id: 'ERR-draft', rank: 1, published: false },
  { id: 'ERR-other', rank: 1, procedure_id: 'PROC-autre', reviewed_on: day(0), advice: 'Relisez le relevé' },
  { id: 'ERR-ft', network_id: 'NET-france-travail', rank: 3, reviewed_on: day(0) },
];
const DUE = ['ERR-rules', 'ERR-third', 'ERR-unknown'];

beforeAll(async () => {
  await seedDirectory(database);
  await insertRows(
    database.connect<unknown>('improvement', 'owner'),
    'improvement.frequent_error',
    ROWS.map((row) => ({
      network_id: 'NET-caf',
      procedure_id: 'PROC-aide',
      error: 'J’oublie une pièce',
      advice: 'Comptez les pièces jointes',
      published: true,
      ...row,
    })),
  );
});

const ids = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);

test('a procedure shows its errors, the most frequent first', async () => {
  const procedures = ['PROC-aide', 'PROC-autre', 'PROC-404'].map((id) => ({ __typename: 'Procedure', id }));
  const fields = '... on Procedure { frequentErrors(first: 7) { id share procedure { id } } }';
  const { result, statements } = await countStatements(() => entities(procedures, fields));
  const [first, second, third] = result.data._entities;
  expect(ids(first.frequentErrors)).toEqual([
    'ERR-rank-1',
    'ERR-rank-2',
    'ERR-ft',
    'ERR-rules',
    'ERR-before',
    'ERR-half',
    'ERR-third',
  ]);
  expect(first.frequentErrors.slice(5)).toMatchObject([{ share: 0.5 }, { share: 100 / 300 }]);
  expect(first.frequentErrors[0]).toMatchObject({ share: null, procedure: { id: 'PROC-aide' } });
  expect(ids(second.frequentErrors)).toEqual(['ERR-other']);
  expect(third.frequentErrors).toEqual([]);
  expect(statements).toHaveLength(1);
});

test.each([
  ['toReview: true', DUE],
  [
    'toReview: false',
    ids(ROWS)
      .filter((id) => !DUE.includes(id) && id !== 'ERR-draft')
      .sort(),
  ],
  ['network: "NET-france-travail"', ['ERR-ft']],
  ['procedure: "PROC-autre"', ['ERR-other']],
  ['search: "RELEVE"', ['ERR-other']],
  ['search: "relire relevés"', []],
  ['search: "PIECE jointe", network: "NET-france-travail"', ['ERR-ft']],
  ['procedure: "PROC-404"', []],
])('advice with %s', async (args, expected) => {
  const { data, errors } = await ask(
    `{ errorAdvice(${args}, first: 50) { totalCount nodes { id reviewDue reviewBy } } }`,
  );
  expect(errors).toBeUndefined();
  expect(ids(data.errorAdvice.nodes).sort()).toEqual(expected);
  expect(data.errorAdvice.totalCount).toBe(expected.length);
  for (const { id, reviewDue, reviewBy } of data.errorAdvice.nodes) {
    expect([id, reviewDue]).toEqual([id, DUE.includes(id)]);
    expect(isReviewDue(reviewBy)).toBe(reviewDue);
  }
});

test.each(['errorAdvice(search: $search)', 'goodPractices(filter: { search: $search })'])(
  '%s looks for a few words, not for thousands',
  async (field) => {
    const { errors } = await ask(`query ($search: String!) { ${field} { totalCount } }`, {
      search: 'mot '.repeat(60),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

test('all of it is reached page by page', async () => {
  const seen: string[] = [];
  for (let after: string | null = null, pages = 0; pages < 9; pages += 1) {
    const { data } = await ask(
      'query ($after: String) { errorAdvice(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    seen.push(...ids(data.errorAdvice.nodes));
    if (!data.errorAdvice.pageInfo.hasNextPage) break;
    after = data.errorAdvice.pageInfo.endCursor;
  }
  expect(seen.sort()).toEqual(
    ids(ROWS)
      .filter((id) => id !== 'ERR-draft')
      .sort(),
  );
});

test('a day is over in Paris, not in Greenwich', () => {
  expect(isReviewDue('2026-01-02', new Date('2026-01-01T22:59:59Z'))).toBe(false);
  expect(isReviewDue('2026-01-02', new Date('2026-01-01T23:00:00Z'))).toBe(true);
  expect(isReviewDue(null)).toBe(true);
});
