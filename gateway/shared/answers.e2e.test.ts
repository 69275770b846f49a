import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE } from '../../subgraphs/testimonies/fixtures/sample.ts';
import { seedTestimonies } from '../../subgraphs/testimonies/fixtures/seed.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { send, startHub } from '../../test/kit/hub.ts';
import { createKey } from '../../test/kit/keys.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { sha256 } from '../documents/store.ts';
import { documentFolder } from '../fixtures/documents.ts';

const database = await testDatabase();
await seedDirectory(database);
await seedTestimonies(database.connect('testimonies', 'owner'), SAMPLE);
const PAGE = `query Page($t: ID!) { territory(id: $t) { name
  sites(first: 20) { totalCount nodes { id name testimonies(first: 3) { nodes { title body } } } } } }`;
const { folder, remove } = await documentFolder({ 'Page.graphql': PAGE });
afterAll(remove);
const keyed = { documents: { folder, anonymousQueries: 'free' as const } };
const answers = { databaseUrl: database.url, megabytes: 2 };
const hub = await startHub(database.url, { gateway: { ...keyed, answers } });
const portal = await createKey(database.url, { role: 'PUBLIC' });
const analyst = await createKey(database.url, { role: 'ANALYST' });

const LOOKS = /gateway"?\."?(changes_since|table_changes|reader|api_key|member|revision|daily_use)/;
/** The SQL that work cost, the looks for what has changed and for keys left out. */
const statementsOf = async <T>(work: () => Promise<T>) => {
  const { result, statements } = await countStatements(work);
  return { result, statements: statements.filter((text) => !LOOKS.test(text)) };
};
const page = (name = 'DEP-62', more = '', as = {}) => send(hub.url, PAGE + more, { t: name }, as);
const path = (t: string) => `/q/${sha256(PAGE)}?variables=${encodeURIComponent(JSON.stringify({ t }))}`;
const figures = () => {
  const found = hub.answerFigures();
  if (!found) throw new Error('The gateway keeps nothing.');
  return found;
};

// Until those who publish know of the gateway; then an answer may be kept.
beforeAll(async () => {
  for (let tries = 0; figures().entries === 0; tries += 1) {
    await send(hub.url, '{ networks { name } }');
    await sleep(20);
    expect(tries).toBeLessThan(200);
  }
});

test('five hundred identical questions at once cost each statement once', async () => {
  const once = await statementsOf(() => page('DEP-75'));
  expect(once.statements.length).toBeGreaterThan(2);
  const many = await statementsOf(() => Promise.all(Array.from({ length: 500 }, () => page('DEP-62'))));
  expect(new Set(many.result.map(({ text }) => text)).size).toBe(1);
  expect([...many.statements].sort()).toEqual([...once.statements].sort());
});

test('an answer that is kept costs no statement, however it is asked', async () => {
  const first = await page();
  const posted = await page();
  const spelled = await page('DEP-62', ' # another spelling');
  const { result, statements } = await statementsOf(async () => [
    await page(),
    await page('DEP-62', '\n\n# and another'),
    await page('DEP-62', '', { key: portal }),
  ]);
  expect(statements).toEqual([]);
  for (const { status, text } of [posted, spelled, ...result])
    expect({ status, text }).toEqual({ status: 200, text: first.text });
  // The same headers too, those of the request apart.
  const said = ({ headers }: { headers: Headers }) =>
    [...headers].filter(([name]) => !/^(date|x-request-id|ratelimit.*|content-length)$/.test(name));
  expect(said(posted)).toEqual(said(first));
});

test('a trusted document: the same bytes and tags as without, and 304', async () => {
  const ask = (headers: Record<string, string> = {}) => fetch(`${hub.url}${path('DEP-62')}`, { headers });
  const first = await ask();
  const text = await first.text();
  const { result, statements } = await statementsOf(async () => {
    const again = await ask();
    const tag = again.headers.get('etag') ?? '';
    return { again, text: await again.text(), tag, matched: await ask({ 'if-none-match': tag }) };
  });
  expect(statements).toEqual([]);
  expect(result.text).toBe(text);
  expect(result.tag).toBe(first.headers.get('etag'));
  expect(result.again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
  expect(result.again.headers.get('cache-control')).toContain('public, max-age=60');
  expect([...result.again.headers.keys()].filter((name) => /ratelimit|cost|quota/.test(name))).toEqual([]);
  expect(result.matched.status).toBe(304);
  expect(await result.matched.text()).toBe('');
  // Whoever shows a key gets it for itself, as far as caches go.
  const own = await ask({ authorization: `Bearer ${portal}` });
  expect(own.headers.get('cache-control')).toBe('private, no-store');
  expect(await own.text()).toBe(text);
});

test('nobody with a role is given what is kept for the public, nor the other way round', async () => {
  const body = '{ sites(first: 1) { nodes { id name } } }';
  await send(hub.url, body);
  const before = figures();
  const { statements } = await statementsOf(() => send(hub.url, body, {}, { key: analyst }));
  expect(statements.length).toBeGreaterThan(0);
  expect(figures()).toEqual(before);
  const wrong = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer nobody' },
    body: JSON.stringify({ query: body, variables: {} }),
  });
  expect(wrong.status).toBe(401);
  expect(figures()).toEqual(before);
});

test.each([
  ['an error', '{ territory(id: "DEP-62") { name figures(level: COMMUNE, network: "NET-caf") { value } } }'],
  ['an unknown field', '{ nothing }'],
  ['what is never to be kept', '{ changes(since: "2020-01-01T00:00:00Z") { __typename } }'],
  ['the schema', '{ __schema { queryType { name } } }'],
])('%s is not kept', async (_what, query) => {
  const { entries } = figures();
  const first = await send(hub.url, query);
  const second = await send(hub.url, query);
  expect(JSON.parse(second.text).data).toEqual(JSON.parse(first.text).data);
  expect(figures().entries).toBe(entries);
});

test('what a publication touched is asked again, once; what it did not is not', async () => {
  const networks = '{ networks { name ministry } }'.replace(' ministry', '');
  await send(hub.url, networks);
  await page();
  const trusted = () => fetch(`${hub.url}${path('DEP-62')}`).then((response) => response.text());
  const { byLane } = figures();
  for (let tries = 0; figures().byLane === byLane; tries += 1) {
    await trusted();
    expect(tries).toBeLessThan(100);
  }
  const owner = database.connect<{ 'testimonies.testimony': { id: string; title: string } }>(
    'testimonies',
    'owner',
  );
  await owner
    .updateTable('testimonies.testimony')
    .set({ title: 'Un autre titre' })
    .where('id', '=', 'TEM-1')
    .execute();
  const { dropped } = figures();
  const { result, statements } = await statementsOf(async () => [
    await trusted(),
    (await page()).text,
    await trusted(),
  ]);
  for (const text of result) expect(text).toContain('Un autre titre');
  expect(statements.length).toBeGreaterThan(0);
  expect(figures().dropped).toBe(dropped + 1);
  expect((await statementsOf(() => send(hub.url, networks))).statements).toEqual([]);
  expect((await statementsOf(() => page())).statements).toEqual([]);
});

test('compressed once, for each who likes it so', async () => {
  const many = {
    query: `{ ${Array.from({ length: 25 }, (_, index) => `n${index}: networks { id name }`).join(' ')} }`,
  };
  const ask = async (encoding: string) => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
      body: JSON.stringify(many),
    });
    return { encoding: response.headers.get('content-encoding'), text: await response.text() };
  };
  const plain = await ask('identity');
  const { bytes } = figures();
  expect(await ask('gzip')).toEqual({ encoding: 'gzip', text: plain.text });
  const grown = figures().bytes;
  expect(grown).toBeGreaterThan(bytes);
  expect(await ask('gzip')).toEqual({ encoding: 'gzip', text: plain.text });
  expect(figures().bytes).toBe(grown);
});

test('the memory is bounded: those asked longest ago make room', async () => {
  const small = await startHub(database.url, { gateway: { answers: { ...answers, megabytes: 0.05 } } });
  const bytes = () => small.answerFigures()?.bytes ?? 0;
  for (let round = 0; round < 200 && !small.answerFigures()?.evicted; round += 1) {
    await send(small.url, `query R${round} { networks { id name } }`);
    expect(bytes()).toBeLessThanOrEqual(0.05 * 2 ** 20);
  }
  expect(small.answerFigures()?.evicted).toBeGreaterThan(0);
  expect(bytes()).toBeGreaterThan(0.04 * 2 ** 20);
});

test('limits hold for what is kept as for what is not', async () => {
  const limited = await startHub(database.url, {
    gateway: {
      answers,
      costs: { public: 2000, internal: 2000, perMinute: 2000 },
      rates: { address: 8, caller: 8 },
    },
  });
  const ask = () => send(limited.url, '{ territory(id: "DEP-62") { sites(first: 100) { nodes { name } } } }');
  const told = [];
  for (let round = 0; round < 10; round += 1) told.push(await ask());
  const cost = ({ headers }: { headers: Headers }) => headers.get('x-cost-estimate');
  expect(new Set(told.slice(0, 8).map(cost)).size).toBe(1);
  const remaining = told.slice(0, 8).map(({ headers }) => Number(headers.get('x-cost-remaining')));
  expect(remaining[7]).toBeLessThan(remaining[0] ?? 0);
  expect(told.slice(8).map(({ status }) => status)).toEqual([429, 429]);
  expect(limited.answerFigures()?.hits).toBeGreaterThan(0);
});
