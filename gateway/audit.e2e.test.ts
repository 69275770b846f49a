import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from './fixtures/subgraphs.ts';
import type { RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

/** Every audit of GraphQL over HTTP, the optional ones included, over real HTTP. */
describe('GraphQL over HTTP', () => {
  let gateway: RunningGateway | undefined;
  beforeAll(async () => {
    const supergraph = fixtureSupergraph();
    gateway = await startGateway({ supergraph, host: '127.0.0.1', port: 0, inProcess: inProcessFixtures() });
  });
  afterAll(() => gateway?.close());

  const audits = serverAudits({ url: () => `${gateway?.url}/graphql` });
  test('has 61 audits', () => {
    expect(audits).toHaveLength(61);
  });
  for (const audit of audits)
    test(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
    });
});
