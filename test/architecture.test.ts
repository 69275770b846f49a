import { expect, test } from 'vitest';
import { cycles, MAX_LINES, violations } from './kit/rules.ts';
import { importsOf, LAYERS, readSources } from './kit/sources.ts';

const sources = readSources();

test('the rules are checked on the whole house', () => {
  const perLayer = Object.groupBy(sources, ({ path }) => path.split('/')[0] ?? '');
  expect(sources.length).toBeGreaterThan(200);
  for (const layer of LAYERS) {
    expect(perLayer[layer]?.length, layer).toBeGreaterThan(5);
  }
  for (const name of ['administrations', 'indicators', 'testimonies', 'simplification', 'improvement']) {
    const files = sources.filter(({ path }) => path.startsWith(`subgraphs/${name}/`));
    expect(files.length, name).toBeGreaterThan(10);
    expect(files.flatMap(importsOf).length, name).toBeGreaterThan(30);
  }
});

test('no file breaks a rule of the house', () => {
  expect(sources.flatMap(violations)).toEqual([]);
});

test('no cycle of imports remains at run time', () => {
  expect(cycles(sources)).toEqual([]);
});

test.each([
  [
    'kernel/x.ts',
    "import { a } from '../subgraphs/testimonies/server.ts';",
    'the kernel imports nothing of ours',
  ],
  ['kernel/x.ts', "import type { A } from '../gateway/server.ts';", 'the kernel imports nothing of ours'],
  [
    'gateway/x.ts',
    "const a = await import('../subgraphs/testimonies/server.ts');",
    'the gateway imports the kernel',
  ],
  ['gateway/x.ts', "import { sql } from 'kysely';", 'SQL of the gateway'],
  ['gateway/x.ts', "import '../cli/main.ts';", 'imports cli/main.ts'],
  [
    'subgraphs/a/x.ts',
    "import {\n  one,\n  two,\n} from '../b/server.ts';",
    'a subgraph imports the kernel and itself',
  ],
  ['subgraphs/a/x/x.query.ts', "export { parse } from 'graphql';", 'a query knows nothing of GraphQL'],
  ['subgraphs/a/x/x.query.ts', "import { y } from './x.type.ts';", 'a query knows nothing of GraphQL'],
  ['subgraphs/a/x/x.type.ts', "import { sql } from 'kysely';", 'a type holds no SQL'],
  ['subgraphs/a/x/x.type.ts', "import { type A, b } from './x.query.ts';", 'a type holds no SQL'],
  ['subgraphs/a/x.ts', "import { seed } from './fixtures/seed.ts';", 'which only tests may'],
  ['kernel/x.ts', "import { countStatements } from '../test/kit/statements.ts';", 'which only tests may'],
  ['kernel/index.ts', "export { a } from './a.ts';", 'is a barrel'],
  ['kernel/x.ts', "export * from './a.ts';\nexport * from './b.ts';\nexport * from './c.ts';", 'is a barrel'],
  ['kernel/x.ts', '\n'.repeat(MAX_LINES + 1), `more than ${MAX_LINES}`],
  ['kernel/x.ts', `// ${'TO'}DO later`, 'unfinished mark'],
  ['kernel/x.test.ts', `test${'.only'}('x', () => {});`, 'skips or focuses'],
  ['kernel/x.ts', `const x = y ${'as'} unknown as Z;`, 'escapes the types'],
])('a planted violation in %s is seen: %j', (path, text, message) => {
  expect(violations({ path, text }).join('\n')).toContain(message);
});

test.each([
  ['subgraphs/a/x/x.type.ts', "import type { A } from './x.query.ts';\nimport { b } from '../builder.ts';"],
  [
    'subgraphs/a/x/x.query.ts',
    "import type { L } from '../../../kernel/graphql/lists.ts';\nimport { sql } from 'kysely';",
  ],
  ['gateway/keys.query.ts', "import { sql } from 'kysely';"],
  [
    'subgraphs/a/x.test.ts',
    "import { openB } from '../b/server.ts';\nimport { testDatabase } from '../../test/kit/database.ts';",
  ],
  [
    'cli/x.ts',
    "import { startGateway } from '../gateway/server.ts';\nimport { openB } from '../subgraphs/b/server.ts';",
  ],
])('what is allowed in %s passes: %j', (path, text) => {
  expect(violations({ path, text })).toEqual([]);
});

test('a planted cycle is seen, one of types alone is not', () => {
  const a = { path: 'kernel/a.ts', text: "import { b } from './b.ts';" };
  const b = { path: 'kernel/b.ts', text: "import { a } from './a.ts';" };
  const types = { path: 'kernel/b.ts', text: "import { type A } from './a.ts';" };
  expect(cycles([a, b])).toEqual([['kernel/a.ts', 'kernel/b.ts', 'kernel/a.ts']]);
  expect(cycles([a, types])).toEqual([]);
});
