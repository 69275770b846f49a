import { describe, expect, test } from 'vitest';
import { STALENESS, supergraphWithStaleness } from '../fixtures/documents.ts';
import { fixtureSupergraph } from '../fixtures/subgraphs.ts';
import type { TrustedDocument } from './document.ts';
import { stalenessOf } from './staleness.ts';

const document = (text: string): TrustedDocument => ({
  name: /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '',
  hash: text,
  text,
  path: '',
  operation: 'query',
  variables: {},
  isPublic: true,
});
const seconds = async (text: string, supergraph = supergraphWithStaleness()) =>
  (await stalenessOf(supergraph, [document(text)])).get(text);

describe('how stale an answer may be', () => {
  test.each([
    ['one subgraph', 'query A { networks: things { __typename } }', STALENESS.directory],
    ['another subgraph', 'query A { indicators { title } }', STALENESS.figures],
    ['the least of two', 'query A { site(id: "SITE-1") { name score } }', STALENESS.figures],
    [
      'the least of three',
      'query A { site(id: "SITE-1") { name score testimonies { title } } }',
      STALENESS.voices,
    ],
    [
      'a part that may be left out',
      'query A($with: Boolean!) { site(id: "SITE-1") { name latest @include(if: $with) { title } } }',
      STALENESS.voices,
    ],
    [
      'a fragment',
      'query A { site(id: "SITE-1") { ...Part } } fragment Part on Site { score }',
      STALENESS.figures,
    ],
    ['a key that every subgraph has', 'query A { site(id: "SITE-1") { id } }', STALENESS.directory],
    ['a field that declares for itself', 'query A { sites { name } }', 0],
    ['the schema itself', 'query A { __schema { queryType { name } } }', 0],
    ['a number that the planner cannot read', 'query A { site(id: 99999999999999999999) { name } }', 0],
    [
      'a number that it must be helped with',
      'query A { site(id: 12345678901) { name } }',
      STALENESS.directory,
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await seconds(text)).toBe(expected);
  });

  test('is nothing in a supergraph where nobody declares it', async () => {
    expect(await seconds('query A { site(id: "SITE-1") { name } }', fixtureSupergraph())).toBe(0);
  });
});
