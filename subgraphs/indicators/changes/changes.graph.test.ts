import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { importText } from '../fixtures/import-text.ts';
import { writersCountry } from '../fixtures/writers.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { indicatorsWritten } from '../publication/written.ts';
import { refreshIndicators } from '../rollup/refresh.ts';

const { database, owner, ask, correct, withdraw, publishValues } = await writersCountry();

const FIELDS = `totalCount pageInfo { endCursor hasNextPage } nodes { kind publication period site { id } network { id }
  definition publishedAt figure { value suppressed respondents } }`;
interface Change {
  kind: string;
  publication: number;
  period: string;
  site: { id: string } | null;
  network: { id: string };
  publishedAt: string;
  figure: { value: number | null; suppressed: string | null } | null;
}
interface Page {
  totalCount: number;
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  nodes: Change[];
}
const START = '2020-01-01T00:00:00Z';
/** Changes, as anybody may ask for them. */
const changes = async (args = '', since = START) => {
  const { data, errors } = await ask(
    ANONYMOUS,
    `query ($r: [_Any]!) { _entities(representations: $r) { ... on Changes { results${args} { ${FIELDS} } } } }`,
    { r: [{ __typename: 'Changes', since }] },
  );
  return { errors, page: data._entities?.[0]?.results as Page };
};
const brief = ({ kind, site, figure }: Change) => `${kind} ${site?.id} ${figure?.value ?? '-'}`;

test('each result once, at its last change, in the order of publication; a reader keeps its cursor', async () => {
  const first = await publishValues('2020', { a1: '70', a2: '80', b1: '10' });
  const { page } = await changes('(first: 2)');
  expect(page.nodes.map(brief)).toEqual(['PUBLISHED SITE-a1 70', 'PUBLISHED SITE-a2 80']);
  expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  // Meanwhile one that the reader has and one that it has not change.
  await correct({ site: 'SITE-a1', period: '2020', version: first, value: '71' });
  await withdraw({ site: 'SITE-b1', period: '2020', version: first });
  const next = (await changes(`(after: "${page.pageInfo.endCursor}")`)).page;
  expect(next.nodes.map(brief)).toEqual(['CORRECTED SITE-a1 71', 'WITHDRAWN SITE-b1 -']);
  expect(next.nodes[1]).toMatchObject({ figure: null, period: '2020', network: { id: 'NET-agences' } });
  const end = next.pageInfo.endCursor;
  expect((await changes(`(after: "${end}")`)).page.nodes).toEqual([]);
  await publishValues('2020', { b1: '20' });
  expect((await changes(`(after: "${end}")`)).page.nodes.map(brief)).toEqual(['PUBLISHED SITE-b1 20']);
  expect((await changes()).page.nodes.map(brief)).toEqual([
    'PUBLISHED SITE-a2 80',
    'CORRECTED SITE-a1 71',
    'PUBLISHED SITE-b1 20',
  ]);
});

test('what imports and their undoing did is there too', async () => {
  const end = (await changes('(first: 100)')).page.pageInfo.endCursor;
  const csv = 'reseau;site;indicateur;periode;valeur\ncaisses;SITE-k1;IND-SATISFACTION;2019;70';
  const { importId } = await importText(database.url, networkResults, csv);
  const after = `(after: "${end}")`;
  expect((await changes(after)).page.nodes.map(brief)).toEqual(['PUBLISHED SITE-k1 70']);
  const feeds = new Map([networkResults, ...indicatorsWritten].map((feed) => [feed.name, feed]));
  await rollbackImport(feeds, 'indicators', importId ?? '', { databaseUrl: database.url });
  expect((await changes(after)).page.nodes.map(brief)).toEqual(['WITHDRAWN SITE-k1 -']);
});

test('a value that is withheld from now on is a change; it is never shown', async () => {
  const first = await publishValues('2018', { a1: '70', a2: '80' }, { respondents: 100 });
  const end = (await changes('(first: 100)')).page.pageInfo.endCursor;
  const after = `(after: "${end}")`;
  // Few answers: its value is withheld, and that of its neighbour, else it could be found by difference.
  await correct({ site: 'SITE-a1', period: '2018', version: first, value: '71', respondents: 5 });
  const { nodes } = (await changes(after)).page;
  expect(nodes.map(brief)).toEqual(['CORRECTED SITE-a1 -', 'CORRECTED SITE-a2 -']);
  expect(nodes.map(({ figure }) => figure)).toEqual([
    { value: null, suppressed: 'SMALL_SAMPLE', respondents: null },
    { value: null, suppressed: 'COMPLEMENTARY', respondents: null },
  ]);
  const last = (await changes(after)).page.pageInfo.endCursor;
  await refreshIndicators(database.url, { suppressionThreshold: 3 });
  const shown = (await changes(`(after: "${last}")`)).page.nodes;
  expect(shown.map(brief)).toEqual(['CORRECTED SITE-a1 71', 'CORRECTED SITE-a2 80']);
  expect(new Set(shown.map(({ publication }) => publication)).size).toBe(1);
  await refreshIndicators(database.url, { suppressionThreshold: 11 });
  expect((await changes(`(after: "${last}")`)).page.nodes.map(brief)).toEqual([
    'CORRECTED SITE-a1 -',
    'CORRECTED SITE-a2 -',
  ]);
});

test('of one network, and since a moment', async () => {
  const of = async (network: string) => (await changes(`(network: "${network}", first: 100)`)).page;
  const all = (await changes('(first: 100)')).page;
  expect((await of('NET-agences')).totalCount + (await of('NET-caisses')).totalCount).toBe(all.totalCount);
  expect((await of('NET-nobody')).nodes).toEqual([]);
  const later = new Date(Date.now() + 30_000).toISOString();
  await sql`update indicators.import set finished_at = finished_at - interval '1 hour'`.execute(owner);
  expect((await changes('', later)).page).toMatchObject({ totalCount: 0, nodes: [] });
  await publishValues('2017', { d1: '44' });
  expect((await changes('', later)).page.nodes.map(brief)).toEqual(['PUBLISHED SITE-d1 44']);
});

test.each([
  ['another list', encodeCursor('other', ['1'])],
  [
    'what the database could not read',
    encodeCursor(JSON.stringify(['changes', 'results', null]), ['1', 'a', 'b', 'x', 'c', 'd', 'e']),
  ],
  [
    'a year that no calendar has',
    encodeCursor(JSON.stringify(['changes', 'results', null]), ['1', 'a', 'b', '1', 'c', 'd', '0000-01-01']),
  ],
  [
    'a day that is none',
    encodeCursor(JSON.stringify(['changes', 'results', null]), ['1', 'a', 'b', '1', 'c', 'd', '2020-13-45']),
  ],
])('a cursor of %s is refused', async (_what, cursor) => {
  const { errors } = await changes(`(after: "${cursor}")`);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('the number of statements is the same for a page of one and of many', async () => {
  const counted = async (first: number) => {
    const { result, statements } = await countStatements(() => changes(`(first: ${first})`));
    return { nodes: result.page.nodes.length, statements: statements.length };
  };
  const [one, many] = [await counted(1), await counted(100)];
  expect(many.nodes).toBeGreaterThan(5);
  expect(many.statements).toBe(one.statements);
});
