import { parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import { badInput } from '../errors.ts';
import { log } from '../log.ts';
import { ANONYMOUS } from '../viewer.ts';
import { createBuilder } from './builder.ts';
import { connectionType, decodeCursor, encodeCursor, pageArguments, pageSize, toPage } from './connection.ts';
import { executeInProcess } from './execute.ts';
import { resolvable, type Subgraph, toSubgraphSchema } from './subgraph.ts';

interface Book {
  id: string;
  title: string;
}
const BOOKS: Book[] = ['a', 'b', 'c'].map((key) => ({ id: `BOOK-${key}`, title: `Book ${key}` }));

function library(): Subgraph & { contexts: number } {
  const { builder, PageInfo } = createBuilder<{ books: Map<string, Book> }>();
  const BookType = builder.objectRef<Book>('Book').implement({
    description: 'A book.',
    directives: { key: { fields: 'id' } },
    extensions: resolvable<{ books: Map<string, Book> }>((reference, { books }) =>
      books.get(String(reference.id)),
    ),
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Its id.' }),
      title: t.exposeString('title', { description: 'Its title.' }),
      secret: t.string({
        nullable: true,
        description: 'Fails.',
        resolve: ({ id }) => {
          if (id === 'BOOK-a') throw new Error('password=hunter2');
          throw badInput('No such chapter.');
        },
      }),
    }),
  });
  const Books = connectionType(builder, PageInfo, 'Book', BookType);
  builder.queryField('books', (t) =>
    t.field({
      type: Books,
      description: 'Every book.',
      args: pageArguments(builder),
      resolve: (_root, { first, after }) => {
        const size = pageSize(first);
        const [last] = decodeCursor('books', after) ?? [''];
        const rows = BOOKS.filter((book) => book.id > (last ?? '')).slice(0, size + 1);
        return toPage(rows, size, after, (book) => encodeCursor('books', [book.id]), BOOKS.length);
      },
    }),
  );
  const made = { contexts: 0 };
  return Object.assign(made, {
    name: 'library',
    ...toSubgraphSchema(builder),
    context: () => {
      made.contexts += 1;
      return { books: new Map(BOOKS.map((book) => [book.id, book])) };
    },
    ready: async () => undefined,
    close: async () => undefined,
  });
}

const ask = (subgraph: Subgraph, query: string, variables = {}, requestKey = {}) =>
  executeInProcess(subgraph, { document: parse(query), variables, requestKey, viewer: ANONYMOUS });

test('the SDL carries the federation directives and neither _service nor _entities', () => {
  const { sdl } = library();
  expect(sdl).toContain('type Book @key(fields: "id")');
  expect(sdl).toContain('type PageInfo @shareable');
  expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
  expect(sdl).not.toMatch(/_service|_entities|_Any/);
});

test('entities come in the order of their representations, null where nothing has the key', async () => {
  const { data } = await ask(
    library(),
    'query ($r: [_Any]!) { _entities(representations: $r) { ... on Book { id title } } }',
    { r: ['b', 'x', 'a'].map((key) => ({ __typename: 'Book', id: `BOOK-${key}` })) },
  );
  expect(data?._entities).toEqual([
    { id: 'BOOK-b', title: 'Book b' },
    null,
    { id: 'BOOK-a', title: 'Book a' },
  ]);
});

test.each([
  ['an unknown type', [{ __typename: 'Nothing', id: '1' }]],
  ['a type without key', [{ __typename: 'PageInfo' }]],
  ['an inherited name', [JSON.parse('{"__proto__":{"__typename":"Book"}}')]],
  ['no object', ['Book']],
  ['text that is none', [{ __typename: 'Book', id: 'BOOK-\u0000' }]],
  ['values nested deep', [{ __typename: 'Book', id: JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) }]],
  ['too many', Array.from({ length: 1001 }, () => ({ __typename: 'Book', id: 'BOOK-a' }))],
])('refuses representations: %s', async (_case, r) => {
  const { errors } = await ask(
    library(),
    'query ($r: [_Any]!) { _entities(representations: $r) { __typename } }',
    { r },
  );
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('a page, then the next one from its cursor', async () => {
  const query =
    'query ($after: String) { books(first: 2, after: $after) { totalCount nodes { id } edges { cursor node { id } } pageInfo { endCursor hasNextPage hasPreviousPage } } }';
  const first = (await ask(library(), query)).data?.books as {
    pageInfo: { endCursor: string };
  };
  expect(first).toMatchObject({
    totalCount: 3,
    nodes: [{ id: 'BOOK-a' }, { id: 'BOOK-b' }],
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
  const second = (await ask(library(), query, { after: first.pageInfo.endCursor })).data?.books;
  expect(second).toMatchObject({
    nodes: [{ id: 'BOOK-c' }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
  });
});

test.each([0, -1, 101])('first: %i is refused', (first) => {
  expect(() => pageSize(first)).toThrow('"first" must be between 1 and 100');
});

test.each([
  ['altered', `${encodeCursor('books', ['BOOK-a'])}AA`],
  ['of another list', encodeCursor('films', ['BOOK-a'])],
  ['noise', 'not a cursor'],
  ['empty', ''],
])('a cursor that is %s is refused', (_case, cursor) => {
  expect(() => decodeCursor('books', cursor)).toThrow('does not belong to this list');
});

test('one context per request and subgraph, however many steps the plan has', async () => {
  const subgraph = library();
  const requestKey = {};
  await ask(subgraph, '{ books { totalCount } }', {}, requestKey);
  await ask(subgraph, '{ books { totalCount } }', {}, requestKey);
  await ask(subgraph, '{ books { totalCount } }');
  expect(subgraph.contexts).toBe(2);
});

test('what is masked is in the log, under the id that the client is given', async () => {
  const told = vi.spyOn(log, 'error');
  await executeInProcess(library(), {
    document: parse('{ books(first: 2) { nodes { secret } } }'),
    requestKey: {},
    requestId: 'portal-1',
    viewer: ANONYMOUS,
  });
  expect(told.mock.calls).toEqual([
    [
      expect.objectContaining({ requestId: 'portal-1', path: ['books', 'nodes', 0, 'secret'] }),
      'a resolver failed',
    ],
  ]);
});

test('errors written for users pass, anything else is masked', async () => {
  const { errors } = await ask(library(), '{ books(first: 2) { nodes { secret } } }');
  expect(errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions.code }))).toEqual([
    { message: 'Internal error.', path: ['books', 'nodes', 0, 'secret'], code: 'INTERNAL' },
    { message: 'No such chapter.', path: ['books', 'nodes', 1, 'secret'], code: 'BAD_USER_INPUT' },
  ]);
});
