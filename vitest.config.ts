import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const KINDS = ['db', 'graph', 'e2e'];

/** A project of tests that need PostgreSQL; `seconds` is how long one test may take. */
const withDatabase = (kind: string, seconds: number) => ({
  extends: true as const,
  test: {
    name: kind,
    include: [`**/*.${kind}.test.ts`],
    globalSetup: [at('./test/kit/cluster.ts')],
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
  },
});

/** The suffix of a test file says what it costs: nothing, a database, a graph, or processes and HTTP. */
export default defineConfig({
  resolve: {
    // Dependencies load graphql's CommonJS build; Vite would take the other one and there would be two realms.
    alias: [{ find: /^graphql$/, replacement: at('./node_modules/graphql/index.js') }],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A worker loads the gateway and the subgraphs once for all its files: half of the time went to loading them anew.
    isolate: false,
    exclude: ['**/node_modules/**', '.hub/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '.hub/**', ...KINDS.map((kind) => `**/*.${kind}.test.ts`)],
          // Random operations take seconds on a machine that does something else.
          testTimeout: 30_000,
        },
      },
      withDatabase('db', 20),
      withDatabase('graph', 30),
      withDatabase('e2e', 60),
    ],
  },
});
