import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { SUBGRAPH_NAMES } from '../../cli/subgraphs.ts';
import { log } from '../../kernel/log.ts';
import { HUB_MODES, startHub, operation as stored } from '../kit/hub.ts';
import { productionPackages } from '../kit/licences.ts';
import { ROOT } from '../kit/sources.ts';
import { errorsOf, GRAPHQL_JSON, operation, refusalOf, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { workOf } from './kit/work.ts';
import { asStarted, OWN_PLACE, openSafetyWorld } from './kit/world.ts';

/** Traps of the libraries, as measured: that we are not in them, on the whole hub. */
const { database, hubs } = await openSafetyWorld();

/** Three subgraphs in one answer. */
const BOARD = `{ structure(id: "${OWN_PLACE}") { name impacts { title } testimonies { totalCount } } }`;

describe.each(HUB_MODES)('%s', (mode) => {
  const { url } = hubs[mode];

  test('body-parser errors are JSON and the limit is 256 kB, not 50 MB', async () => {
    const body = (bytes: number) => {
      const text = JSON.stringify({ query: '{ networks { id } }', operationName: null });
      return text + ' '.repeat(bytes - text.length);
    };
    expect((await request(url, { body: body(256 * 1024) })).status).toBe(200);
    const larger = await request(url, { body: body(256 * 1024 + 1) });
    expect(refusalOf(larger)).toEqual({ status: 413, codes: ['BAD_USER_INPUT'], wrong: [] });
    const broken = await request(url, { body: '{"query"' });
    expect(refusalOf(broken)).toEqual({ status: 400, codes: ['BAD_USER_INPUT'], wrong: [] });
  });

  test('a text of a client is never run, however often it is asked', async () => {
    // What the compiler of queries takes for code, as it would stand in a function's source.
    const text = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ranOnce=1';
    const queries = [
      `query($n: Int) { site(id: "${text}") { id } territories(level: REGION, first: $n) { nodes { id } } }`,
      `query($n: Int, $id: ID! = "${text}") { site(id: $id) { id } territories(level: REGION, first: $n) { nodes { id } } }`,
      `query($n: Int) { testimonies(filter: { tags: ["${text}"] }, first: $n) { totalCount } }`,
    ];
    for (const query of queries) {
      const answers = new Set<string>();
      for (let n = 1; n <= 9; n += 1) {
        const { status, text: answer } = await request(url, {
          body: JSON.stringify({ query, variables: { n } }),
        });
        expect(status).toBe(200);
        answers.add(JSON.stringify(Object.keys(JSON.parse(answer))));
      }
      expect(answers).toEqual(new Set(['["data"]']));
    }
    expect('ranOnce' in globalThis).toBe(false);
  });

  test('a trusted document answers a bare GET, and says how long it may be kept', async () => {
    const { query, variables } = stored('SiteBoard');
    const hash = createHash('sha256').update(query).digest('hex');
    const got = await request(url, {
      method: 'GET',
      path: `/q/${hash}?variables=${encodeURIComponent(JSON.stringify(variables))}`,
      headers: { accept: '*/*' },
    });
    expect(got.status).toBe(200);
    expect(JSON.parse(got.text).errors).toBeUndefined();
    expect(got.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(got.headers.get('etag')).toMatch(/^(W\/)?"/);
  });

  test.each([GRAPHQL_JSON, 'application/json', '*/*'])(
    'syntax errors are 400 and never 500, whatever is accepted: %s',
    async (accept) => {
      for (const query of [
        '{',
        '{ a(b: ) }',
        '}',
        'query {}',
        '{ a @ }',
        '"',
        '{ ...  }',
        '#',
        '\\',
        '\ud800',
        '{ a } }',
      ]) {
        const got = await request(url, { ...operation(query), headers: { accept } });
        // Older clients read nothing of an answer in plain JSON that is not 200.
        expect(
          got.status === 400 || (accept !== GRAPHQL_JSON && got.status === 200),
          `${query}: ${got.status}`,
        ).toBe(true);
        expect({ ...refusalOf(got), status: 0 }, query).toMatchObject({
          codes: [expect.stringMatching(/PARSE_FAILED|VALIDATION_FAILED|BAD_USER/)],
          wrong: [],
        });
      }
    },
  );

  test('floods of __typename are refused, as aliases, in fragments and plain', async () => {
    const many = (count: number, text: (index: number) => string) =>
      Array.from({ length: count }, (_, i) => text(i)).join(' ');
    for (const query of [
      `{ ${many(31, (i) => `a${i}: __typename`)} }`,
      `{ ${many(31, (i) => `... { a${i}: __typename }`)} }`,
      `{ ...F ...G } fragment F on Query { ${many(16, (i) => `f${i}: __typename`)} } fragment G on Query { ${many(16, (i) => `g${i}: __typename`)} }`,
      `{ networks { ${many(31, (i) => `a${i}: __typename`)} } }`,
      `{ ${many(400, () => '__typename')} }`,
    ]) {
      const { result, statements, behind } = await workOf(url, () => request(url, operation(query)));
      expect(refusalOf(result)).toEqual({ status: 400, codes: ['COST_LIMIT'], wrong: [] });
      expect({ statements, behind }).toEqual({ statements: [], behind: [] });
    }
  });

  test('a subgraph that does not answer is partial data in time, and no 504; nothing of its request is told', async () => {
    // Takes requests, never answers.
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    afterAll(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;
    const { subgraphs, subgraphUrls } = hubs[mode];
    const { inProcess } = await import('../../cli/in-process.ts');
    const others = subgraphs.filter(({ name }) => name !== 'improvement');
    const slow = await startHub(database.url, {
      mode,
      gateway: {
        ...asStarted(),
        timeoutMs: 2000,
        ...(mode === 'apart'
          ? { subgraphUrls: { ...subgraphUrls, improvement: `http://127.0.0.1:${port}/graphql` } }
          : {
              inProcess: new Map([
                ...inProcess(others),
                ['improvement', { execute: () => new Promise<never>(() => undefined) }],
              ]),
            }),
      },
    });
    const got = await request(slow.url, operation(BOARD));
    const { data, errors, ...others_ } = JSON.parse(got.text);
    expect(got.status).toBe(200);
    expect(others_).toEqual({});
    expect(data.structure).toMatchObject({
      name: expect.any(String),
      impacts: null,
      testimonies: { totalCount: expect.any(Number) },
    });
    expect(errors).toEqual([
      {
        message: expect.any(String),
        path: ['structure', 'impacts'],
        extensions: { code: expect.stringMatching(/^(SOURCE_UNAVAILABLE|TIMEOUT)$/), source: 'improvement' },
      },
    ]);
    expect(leakIn(got.text)).toBeNull();
  });
});

test('no package of the Apollo gateway, nor any under Elastic-2.0, runs in production (see test/licences.test.ts)', () => {
  const packages = productionPackages(ROOT);
  expect(packages.filter(({ name }) => /^@apollo\/(gateway|composition|query-planner)$/.test(name))).toEqual(
    [],
  );
  expect(packages.filter(({ licence }) => /elastic/i.test(licence ?? ''))).toEqual([]);
});

test('the public search for words uses its index: no rule of rows stands before it', async () => {
  const { statements } = await workOf(hubs['in process'].url, () =>
    request(
      hubs['in process'].url,
      operation('{ testimonies(filter: { search: "accueil" }, first: 5) { totalCount nodes { id } } }'),
    ),
  );
  const searches = statements.filter((text) => text.includes('@@'));
  expect(searches.length).toBeGreaterThan(0);
  // With a few rows anything else is cheaper: what remains, without the rest, says whether the index can be used.
  const db = database.connect<Record<string, never>>('testimonies', 'public', { max: 1 });
  for (const text of searches) {
    const plan = await db.transaction().execute(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx);
      await sql`set local enable_indexscan = off`.execute(trx);
      return sql`explain (generic_plan) ${sql.raw(text)}`.execute(trx);
    });
    expect(JSON.stringify(plan.rows)).toMatch(/Bitmap Index Scan on entry_words/);
  }
});

/** Last: what it breaks stays broken. */
describe('what a resolver throws is masked', () => {
  test.each(HUB_MODES)('%s: INTERNAL under the id of the request, details in the log alone', async (mode) => {
    const owner = database.connect('improvement', 'owner');
    await sql`drop view if exists improvement.published_impact cascade`.execute(owner);
    const logged = vi.spyOn(log, 'error');
    const { url } = hubs[mode];
    const got = await request(url, {
      ...operation(BOARD),
      headers: { 'x-request-id': `masked-${mode.replace(' ', '-')}` },
    });
    expect(got.status).toBe(200);
    expect(JSON.parse(got.text).data.structure).toMatchObject({ name: expect.any(String), impacts: null });
    expect(errorsOf(got)).toEqual([
      {
        message: 'Internal error.',
        path: ['structure', 'impacts'],
        extensions: { code: 'INTERNAL', requestId: `masked-${mode.replace(' ', '-')}` },
      },
    ]);
    expect(got.headers.get('x-request-id')).toBe(`masked-${mode.replace(' ', '-')}`);
    expect(leakIn(got.text)).toBeNull();
    const details = logged.mock.calls.map(([details]) => details as { requestId?: string; err?: Error });
    const own = details.find(({ requestId }) => requestId === `masked-${mode.replace(' ', '-')}`);
    expect(own?.err?.message).toMatch(/published_impact/);
    logged.mockRestore();
  });
});

test('the subgraphs tried are all there are', () => {
  expect(hubs.apart.subgraphs.map(({ name }) => name).sort()).toEqual([...SUBGRAPH_NAMES].sort());
});
