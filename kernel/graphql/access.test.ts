import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../viewer.ts';
import { internal } from './access.ts';
import { createBuilder } from './builder.ts';
import { toSubgraphSchema } from './subgraph.ts';

let ran = 0;
const { builder } = createBuilder<{ viewer: Viewer }>();
const Journal = builder.objectRef<{ name: string }>('Journal').implement({
  description: 'Of headquarters only.',
  ...internal('audit:read'),
  fields: (t) => ({ name: t.exposeString('name', { description: 'Name.' }) }),
});
builder.queryFields((t) => ({
  open: t.string({ description: 'For all.', resolve: () => 'open' }),
  drafts: t.string({
    ...internal('drafts:write'),
    description: 'For headquarters.',
    nullable: true,
    resolve: () => {
      ran += 1;
      return 'drafts';
    },
  }),
  journal: t.field({
    type: Journal,
    nullable: true,
    description: 'Guarded by its type alone.',
    resolve: () => ({ name: 'journal' }),
  }),
}));
const { schema, sdl } = toSubgraphSchema(builder);

const as = async (source: string, viewer: Viewer | undefined) => {
  const { data, errors } = await graphql({ schema, source, contextValue: viewer ? { viewer } : {} });
  return { data, codes: errors?.map(({ extensions }) => extensions.code) ?? [] };
};
const viewer = (role: Viewer['role']): Viewer => ({ role, subject: 'key:1', network: null, structure: null });

test('a scope is declared in the published SDL', () => {
  expect(sdl).toContain('drafts: String @tag(name: "internal") @requiresScopes(scopes: [["drafts:write"]])');
});

test.each([
  ['nobody at all', undefined, ['UNAUTHENTICATED']],
  ['anybody', ANONYMOUS, ['UNAUTHENTICATED']],
  ['an analyst', viewer('ANALYST'), ['FORBIDDEN']],
])('%s is refused before anything runs', async (_who, who, codes) => {
  ran = 0;
  expect(await as('{ open drafts }', who)).toEqual({ data: { open: 'open', drafts: null }, codes });
  expect(await as('{ journal { name } }', who)).toEqual({ data: { journal: null }, codes });
  expect(ran).toBe(0);
});

test('a headquarters is served', async () => {
  expect(await as('{ drafts journal { name } }', viewer('NETWORK_HQ'))).toEqual({
    data: { drafts: 'drafts', journal: { name: 'journal' } },
    codes: [],
  });
});
