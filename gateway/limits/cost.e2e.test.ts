import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from '../fixtures/subgraphs.ts';
import type { InProcessExecutor } from '../options.ts';
import { startGateway } from '../server.ts';

let ran = 0;
const slow = (executor: InProcessExecutor): InProcessExecutor => ({
  execute: async (request) => {
    ran += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return executor.execute(request);
  },
});
const inProcess = new Map([...inProcessFixtures()].map(([name, executor]) => [name, slow(executor)]));

// Lists of the fixtures have no declared size: 20 is assumed.
const gateway = await startGateway({
  supergraph: fixtureSupergraph(),
  host: '127.0.0.1',
  port: 0,
  inProcess,
  costs: { public: 50, internal: 500, perMinute: 1000 },
});
afterAll(() => gateway.close());
beforeEach(() => {
  ran = 0;
});

/** Sends a query, and tells what it cost. */
async function ask(query: string, variables?: Record<string, unknown>, url = gateway.url) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { errors = [] }: { errors?: { message: string; extensions: Record<string, unknown> }[] } =
    await response.json();
  const header = (name: string) => {
    const value = response.headers.get(name);
    return value === null ? null : Number(value);
  };
  return {
    status: response.status,
    errors,
    cost: { estimate: header('x-cost-estimate'), limit: header('x-cost-limit') },
    remaining: header('x-cost-remaining'),
    retryAfter: header('retry-after'),
  };
}

test('an operation within the limit runs, and says what it cost', async () => {
  const { status, errors, cost, remaining } = await ask('{ sites { name network { name } } }');
  expect({ status, errors, cost }).toEqual({ status: 200, errors: [], cost: { estimate: 40, limit: 50 } });
  expect(remaining).toBeLessThanOrEqual(960);
  expect(ran).toBeGreaterThan(0);
});

describe('over the limit: refused before anything runs', () => {
  test.each([
    ['lists within lists', '{ sites { network { sites { name } } } }', 20 * (1 + 1 + 20)],
    ['aliases', '{ a: sites { name } b: sites { name } c: sites { name } }', 60],
    [
      'fragments',
      '{ ...A b: best { ...B } } fragment A on Query { sites { ...B } } fragment B on Site { testimonies { title } network { sites { id } } }',
      882,
    ],
    ['the schema', '{ __schema { queryType { name } } }', 1000],
    [
      'a mutation of many fields',
      `mutation { ${['a', 'b', 'c', 'd', 'e'].map((alias) => `${alias}: thank(id: "TEM-1") { id }`).join(' ')} }`,
      55,
    ],
  ])('%s', async (_name, query, estimate) => {
    const { status, errors, cost } = await ask(query);
    expect({ status, cost, ran }).toEqual({ status: 400, cost: { estimate, limit: 50 }, ran: 0 });
    expect(errors).toEqual([
      {
        message: expect.stringMatching(new RegExp(`${estimate} objects.* 50 allowed.*"first".*levels`)),
        extensions: { code: 'COST_LIMIT', estimate, limit: 50 },
      },
    ]);
  });

  test('ids in a variable count one by one', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, index) => `SITE-${index}`) });
    expect((await ask(query, ids(51))).status).toBe(400);
    expect(ran).toBe(0);
    expect((await ask(query, ids(50))).status).toBe(200);
  });

  test('what @include leaves out costs nothing', async () => {
    const query =
      'query ($more: Boolean!) { best { id } ... @include(if: $more) { sites { network { sites { id } } } } }';
    expect((await ask(query, { more: true })).status).toBe(400);
    expect((await ask(query, { more: false })).cost.estimate).toBe(1);
  });
});

describe('a budget a minute', () => {
  test('identical requests that share one run are charged each; a spent budget is 429', async () => {
    const small = await startGateway({
      supergraph: fixtureSupergraph(),
      host: '127.0.0.1',
      port: 0,
      inProcess,
      costs: { public: 50, internal: 500, perMinute: 210 },
    });
    try {
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => ask('{ sites { name network { name } } }', {}, small.url)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const shared = ran;
      const refused = await ask('{ sites { name network { name } } }', {}, small.url);
      expect(refused.status).toBe(429);
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', estimate: 40 });
      expect(refused.retryAfter).toBe(refused.errors[0]?.extensions.retryAfter);
      expect(refused.retryAfter).toBeGreaterThan(0);
      expect(ran).toBe(shared);
      // What costs nothing is still answered.
      expect((await ask('{ __typename }', {}, small.url)).status).toBe(200);
    } finally {
      await small.close();
    }
  });
});
