import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { ask } from './fixtures/gateway.ts';
import { startGateway } from './server.ts';

/** A graph that is only read. */
const { supergraphSdl } = composeServices([
  {
    name: 'facts',
    typeDefs: parse(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0") type Query { fact: Int }',
    ),
    url: 'http://127.0.0.1:9/graphql',
  },
]);
const gateway = await startGateway({ supergraph: supergraphSdl ?? '', host: '127.0.0.1', port: 0 });
afterAll(() => gateway.close());

test('a contract without mutations says so, as a mistake of the caller', async () => {
  expect(await ask(gateway, 'mutation { anything }')).toMatchObject({
    errors: [
      {
        message: 'The schema that this caller sees has no mutation: a key or a token may show more.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
});
