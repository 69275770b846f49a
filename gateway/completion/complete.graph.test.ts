import fc from 'fast-check';
import { execute, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ask, fixtureGateway } from '../fixtures/gateway.ts';
import { monolith } from '../fixtures/monolith.ts';
import { randomQuery } from '../fixtures/random.ts';
import type { RunningGateway } from '../options.ts';

let gateway: RunningGateway | undefined;
beforeAll(async () => {
  gateway = await fixtureGateway('in process');
});
afterAll(() => gateway?.close());

const VARIABLES = { id: 'SITE-2', yes: true, no: false };

/** Where `path` ends in the data: the place of the null that explains it. */
function nullAt(data: unknown, path: readonly (string | number)[]): string {
  let current = data;
  for (const [depth, segment] of path.entries()) {
    if (current === null || current === undefined) return path.slice(0, depth).join('.');
    current = Object.entries(current).find(([key]) => key === String(segment))?.[1];
  }
  return path.join('.');
}

test('random queries: the data of one schema executed by graphql-js, an error for each of its nulls', async () => {
  const schema = monolith();
  let withErrors = 0;
  await fc.assert(
    fc.asyncProperty(randomQuery(schema), async (query) => {
      const document = parse(query);
      // Unused variables and fields that cannot merge are the generator's, not the gateway's.
      const invalid = validate(schema, document).filter(({ message }) => !message.includes('never used'));
      expect(invalid).toEqual([]);
      const used = Object.keys(VARIABLES).filter((name) => query.split(`$${name}`).length > 2);
      const declared = used.map((name) => `$${name}: ${name === 'id' ? 'ID!' : 'Boolean!'}`).join(', ');
      const sent = query.replace(/^query \([^)]*\)/, declared ? `query (${declared})` : 'query');
      const wanted: Answer = JSON.parse(
        JSON.stringify(await execute({ schema, document: parse(sent), variableValues: VARIABLES })),
      );
      if (!gateway) throw new Error('no gateway');
      const answer = await ask(gateway, sent, VARIABLES);
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.data)).toBe(JSON.stringify(wanted.data));
      const paths = (each: Answer) => (each.errors ?? []).map(({ path = [] }) => path);
      const nulls = (each: Answer) => [...new Set(paths(each).map((path) => nullAt(each.data, path)))].sort();
      expect(nulls(answer)).toEqual(nulls(wanted));
      const allowed = new Set(paths(wanted).map((path) => path.join('.')));
      // Where several errors compete for one null, each executor may stop at another.
      const strangers = paths(answer).filter((path) => !allowed.has(path.join('.')));
      for (const path of strangers) expect(nullAt(answer.data, path)).not.toBe(path.join('.'));
      if (answer.errors) withErrors += 1;
    }),
    { numRuns: 300, seed: 20_260_301 },
  );
  // Proves that the errors are not rare in what was compared.
  expect(withErrors).toBeGreaterThan(30);
});
