import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { askIndicators } from '../fixtures/ask.ts';
import { RESULTS } from '../fixtures/results.ts';

const ask = await askIndicators();

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
