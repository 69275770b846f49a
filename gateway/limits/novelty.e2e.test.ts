import { afterAll, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from '../fixtures/subgraphs.ts';
import { startGateway } from '../server.ts';

const gateway = await startGateway({
  supergraph: fixtureSupergraph(),
  host: '127.0.0.1',
  port: 0,
  inProcess: inProcessFixtures(),
  costs: { public: 100_000, internal: 100_000, perMinute: 1_000_000_000 },
});
afterAll(() => gateway.close());

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_each, index) => text(index)).join(' ');

/** Nearly as many fields as a document may have, of few objects; each number makes another document. */
const large = (number: number) =>
  `{ ${times(23, (index) => `s${index}: site(id: "SITE-1") { ...F }`)} }
   fragment F on Site { x${number}: kind ${times(29, (index) => `n${index}: name i${index}: id`)} }`;
const send = (query: string) =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

test('new documents without end are refused, those that have a plan are not', {
  timeout: 60_000,
}, async () => {
  let refused: Response | null = null;
  let number = 0;
  for (; !refused && number < 100; number += 1) {
    const response = await send(large(number));
    const answer: { errors?: unknown } = await response.clone().json();
    if (answer.errors) refused = response;
  }
  expect(number).toBeGreaterThan(60);
  expect(refused?.status).toBe(429);
  expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await refused?.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('new documents'), extensions: { code: 'RATE_LIMITED' } }],
  });
  const known = await send(large(0));
  expect(known.status).toBe(200);
  expect(await known.json()).not.toHaveProperty('errors');
});
