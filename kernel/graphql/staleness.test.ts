import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { createBuilder } from './builder.ts';
import type { Staleness } from './staleness.ts';
import { toSubgraphSchema } from './subgraph.ts';

/** SDL of a subgraph with two fields of its own. */
function sdlOf(name: string, staleness?: Staleness): string {
  const { builder } = createBuilder<object>();
  builder.queryFields((t) => ({
    [name]: t.string({ description: 'One.', resolve: () => '' }),
    [`${name}Now`]: t.string({ description: 'Two.', resolve: () => '' }),
  }));
  return toSubgraphSchema(builder, {}, staleness).sdl;
}

test('composition keeps what each subgraph declares of itself, and of its fields', () => {
  const { supergraphSdl = '', errors } = composeServices([
    { name: 'a', typeDefs: parse(sdlOf('a', { graph: 'a', seconds: 60, fields: { 'Query.aNow': 0 } })) },
    { name: 'b', typeDefs: parse(sdlOf('b', { graph: 'b', seconds: 3600 })) },
    { name: 'c', typeDefs: parse(sdlOf('c')) },
  ]);
  expect(errors).toBeUndefined();
  expect(supergraphSdl).toContain(
    'type Query @staleness(graph: "a", seconds: 60) @staleness(graph: "b", seconds: 3600) @join__type',
  );
  expect(supergraphSdl).toContain('aNow: String! @staleness(seconds: 0)');
  expect(supergraphSdl.match(/@staleness\(/g)?.length).toBe(4);
});

test('who declares nothing does not know the directive', () => {
  expect(sdlOf('a')).not.toContain('staleness');
});

test.each(['Query.nothing', 'Nothing.a', 'a', 'Date.a'])('%s is not there', (coordinate) => {
  expect(() => sdlOf('a', { graph: 'a', seconds: 1, fields: { [coordinate]: 0 } })).toThrow(
    `Staleness is declared of ${coordinate}, which is not there.`,
  );
});
