import { expect, test } from 'vitest';
import { internal } from './access.ts';
import { createBuilder } from './builder.ts';
import { connectionType, pageArguments } from './connection.ts';
import type { CostTable } from './costs.ts';
import { toSubgraphSchema } from './subgraph.ts';

/** The SDL of a library whose fields do nothing. */
function sdlWith(costs: CostTable): string {
  const { builder, PageInfo } = createBuilder<object>();
  const Book = builder.objectRef<object>('Book').implement({
    description: 'A book.',
    fields: (t) => ({ title: t.string({ description: 'Its title.', resolve: () => 'x' }) }),
  });
  const Books = connectionType(builder, PageInfo, 'Book', Book);
  const Search = builder.inputType('Search', {
    description: 'What is looked for.',
    fields: (t) => ({ words: t.string({ description: 'Words.' }) }),
  });
  const resolve = () => null;
  builder.queryFields((t) => ({
    books: t.field({
      type: Books,
      nullable: true,
      description: 'Every book.',
      args: { ...pageArguments(builder), search: t.arg({ type: Search, description: 'Which.' }) },
      resolve,
    }),
    shelf: t.field({ type: [Book], nullable: true, description: 'Some.', resolve }),
    latest: t.field({
      type: [Book],
      nullable: true,
      description: 'The latest.',
      args: { first: t.arg.int({ description: 'How many.' }) },
      resolve,
    }),
    banned: t.field({
      ...internal('audit:read'),
      type: [Book],
      nullable: true,
      description: 'Not for all.',
      resolve,
    }),
  }));
  return toSubgraphSchema(builder, costs).sdl;
}

const PAGE = 'assumedSize: 20, slicingArguments: ["first"], requireOneSlicingArgument: false';

test('connections and lists with `first` have their size by construction', () => {
  const sdl = sdlWith({});
  expect(sdl).toContain(`): BookConnection @listSize(${PAGE}, sizedFields: ["edges", "nodes"])`);
  expect(sdl).toContain(`): [Book!] @listSize(${PAGE})`);
  expect(sdl).toMatch(/shelf: \[Book!\]$/m);
});

test('the table gives sizes and weights, to fields, arguments and input fields', () => {
  const sdl = sdlWith({
    'Query.shelf': { size: 7, weight: 3 },
    'Query.latest': { size: 5 },
    'Query.books': { weight: 9 },
    'Query.books(search:)': { weight: 11 },
    'Search.words': { weight: 13 },
  });
  expect(sdl).toContain('shelf: [Book!] @cost(weight: 3) @listSize(assumedSize: 7)');
  expect(sdl).toContain('): [Book!] @listSize(assumedSize: 5, slicingArguments: ["first"]');
  expect(sdl).toContain('): BookConnection @cost(weight: 9) @listSize(assumedSize: 20');
  expect(sdl).toContain('search: Search @cost(weight: 11)');
  expect(sdl).toContain('words: String @cost(weight: 13)');
});

test('what a field says of who may read it stays', () => {
  expect(sdlWith({ 'Query.banned': { size: 4 } })).toMatch(
    /banned: \[Book!\] @tag\(name: "internal"\) @requiresScopes\(scopes: \[\["audit:read"\]\]\) @listSize\(assumedSize: 4\)/,
  );
});

test('an entry about nothing is refused by name', () => {
  expect(() => sdlWith({ 'Query.shelves': { size: 1 }, 'Query.shelf': { size: 1 } })).toThrow(
    /not there: Query\.shelves$/,
  );
});
