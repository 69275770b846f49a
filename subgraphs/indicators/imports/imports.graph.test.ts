import { afterAll, expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { askOf } from '../../../test/kit/ask.ts';
import { seededDatabase } from '../fixtures/ask.ts';
import { RESULTS } from '../fixtures/results.ts';
import { openIndicators } from '../server.ts';

const subgraph = await openIndicators({ statementTimeoutMs: 8000 }, (await seededDatabase()).url);
afterAll(() => subgraph.close());
const ANALYST: Viewer = { role: 'ANALYST', subject: 'key:analyst', network: null, structure: null };
const ask = (query: string, viewer = ANALYST) => askOf(subgraph, query, {}, { viewer });

test('publications in force, the latest first', async () => {
  const { data } = await ask(`{ imports(first: 1) { totalCount pageInfo { endCursor }
    nodes { feed file source license publishedOn publishedAt accepted quarantined } } }`);
  expect(data.imports.nodes).toEqual([
    {
      feed: 'network-results',
      file: 'resultats.csv',
      source: 'Réseaux',
      license: 'Licence Ouverte 2.0',
      publishedOn: '2026-02-01',
      publishedAt: '2026-02-02T10:00:00.000Z',
      accepted: RESULTS.length,
      quarantined: 0,
    },
  ]);
  const next = await ask(`{ imports(after: "${data.imports.pageInfo.endCursor}") { nodes { feed } } }`);
  expect(next.data.imports.nodes.length).toBe(data.imports.totalCount - 1);
  expect(new Set(next.data.imports.nodes.map(({ feed }: { feed: string }) => feed))).toEqual(
    new Set(['reference']),
  );
});

test('of a network, those that its results came with', async () => {
  const of = async (network: string) =>
    (await ask(`{ imports(network: "${network}") { totalCount nodes { file } } }`)).data.imports;
  expect(await of('NET-caf')).toEqual({ totalCount: 1, nodes: [{ file: 'resultats.csv' }] });
  expect(await of('NET-nobody')).toEqual({ totalCount: 0, nodes: [] });
});

test('a forged cursor is refused', async () => {
  const cursor = encodeCursor(JSON.stringify(['imports', null]), ['1 or 1=1']);
  const { errors } = await ask(`{ imports(after: "${cursor}") { totalCount } }`);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('a headquarters sees those of its network, whatever it asks; anybody sees none', async () => {
  const caf: Viewer = { role: 'NETWORK_HQ', subject: 'key:caf', network: 'NET-caf', structure: null };
  const own = { data: { imports: { totalCount: 1, nodes: [{ file: 'resultats.csv' }] } } };
  const none = { data: { imports: { totalCount: 0, nodes: [] } } };
  const asked = (args: string) => ask(`{ imports${args} { totalCount nodes { file } } }`, caf);
  expect(await asked('')).toEqual(own);
  expect(await asked('(network: "NET-caf")')).toEqual(own);
  expect(await asked('(network: "NET-police")')).toEqual(none);
  expect(await asked('(network: "NET-nobody")')).toEqual(none);
  const anybody: Viewer = { role: 'PUBLIC', subject: null, network: null, structure: null };
  const { errors } = await ask('{ imports { totalCount } }', anybody);
  expect(errors[0].extensions.code).toBe('UNAUTHENTICATED');
});
