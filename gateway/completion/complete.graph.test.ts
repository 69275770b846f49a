import fc from 'fast-check';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type Answer, ask, fixtureGateway } from '../fixtures/gateway.ts';
import { monolith } from '../fixtures/monolith.ts';
import { randomQuery } from '../fixtures/random.ts';
import type { FixtureName } from '../fixtures/schemas.ts';
import { checkDocument } from '../limits/document.ts';
import type { RunningGateway } from '../options.ts';

const VARIABLES = { id: 'SITE-2', yes: true, no: false };

/** The query with the declarations of the variables that it uses, and of no other. */
function declared(query: string): string {
  const used = Object.keys(VARIABLES).filter((name) => query.split(`$${name}`).length > 2);
  const declarations = used.map((name) => `$${name}: ${name === 'id' ? 'ID!' : 'Boolean!'}`).join(', ');
  return query.replace(/^query \([^)]*\)/, declarations ? `query (${declarations})` : 'query');
}

/** Where `path` ends in the data: the place of the null that explains it. */
function nullAt(data: unknown, path: readonly (string | number)[]): string {
  let current = data;
  for (const [depth, segment] of path.entries()) {
    if (current === null || current === undefined) return path.slice(0, depth).join('.');
    current = Object.entries(current).find(([key]) => key === String(segment))?.[1];
  }
  return path.join('.');
}

const paths = (answer: Answer) => (answer.errors ?? []).map(({ path = [] }) => path);
/** The places of the nulls that an error explains. */
const nulls = (answer: Answer) => [...new Set(paths(answer).map((path) => nullAt(answer.data, path)))].sort();

/** Whether the gateway would not refuse the query for its size. */
function isAllowed(query: string): boolean {
  try {
    checkDocument(parse(query));
    return true;
  } catch {
    return false;
  }
}

async function wantedOf(schema: GraphQLSchema, query: string): Promise<Answer> {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return JSON.parse(JSON.stringify(await execute({ schema, document, variableValues: VARIABLES })));
}

async function withGateway(dead: readonly FixtureName[], use: (gateway: RunningGateway) => Promise<void>) {
  const gateway = await fixtureGateway('in process', dead);
  try {
    await use(gateway);
  } finally {
    await gateway.close();
  }
}

describe('random queries equal one schema executed by graphql-js', () => {
  test('the same data, an error for each null that has one', async () => {
    const schema = monolith();
    let withErrors = 0;
    const check = async (gateway: RunningGateway, query: string) => {
      const wanted = await wantedOf(schema, query);
      const answer = await ask(gateway, query, VARIABLES);
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.data)).toBe(JSON.stringify(wanted.data));
      expect(nulls(answer)).toEqual(nulls(wanted));
      // Where several errors compete for one null, each executor may stop at another: never where only one is.
      const allowed = new Set(paths(wanted).map((path) => path.join('.')));
      for (const path of paths(answer))
        if (nullAt(answer.data, path) === path.join('.')) expect(allowed).toContain(path.join('.'));
      if (answer.errors) withErrors += 1;
    };
    await withGateway([], (gateway) =>
      fc.assert(
        fc.asyncProperty(randomQuery(schema).map(declared).filter(isAllowed), (query) =>
          check(gateway, query),
        ),
        { numRuns: 300, seed: 20_260_301 },
      ),
    );
    // Proves that the errors are not rare in what was compared.
    expect(withErrors).toBeGreaterThan(30);
  });

  const DEAD: FixtureName[][] = [
    ['directory'],
    ['figures'],
    ['voices'],
    ['directory', 'voices'],
    ['figures', 'voices'],
  ];
  test.each(DEAD.map((dead) => ({ dead })))(
    'without $dead, only its fields are missing',
    async ({ dead }) => {
      const schema = monolith(dead);
      let whole = 0;
      const check = async (gateway: RunningGateway, query: string) => {
        const wanted = await wantedOf(schema, query);
        const answer = await ask(gateway, query, VARIABLES);
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.data)).toBe(JSON.stringify(wanted.data));
        const sources = (answer.errors ?? []).map(({ extensions }) => extensions.source).filter(Boolean);
        expect(dead).toEqual(expect.arrayContaining(sources));
        if (answer.data !== null) whole += 1;
      };
      await withGateway(dead, (gateway) =>
        fc.assert(
          fc.asyncProperty(randomQuery(schema).map(declared).filter(isAllowed), (query) =>
            check(gateway, query),
          ),
          { numRuns: 100, seed: 20_260_302 },
        ),
      );
      expect(whole).toBeGreaterThan(20);
    },
  );
});
