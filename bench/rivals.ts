import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SUBGRAPH_NAMES } from '../cli/subgraphs.ts';
import { type Hub, hubOf } from './hubs.ts';
import { type Child, runScript } from './processes.ts';

const FOLDER = fileURLToPath(new URL('./rivals/', import.meta.url));

/** Connections to PostgreSQL: one for each client, so that no rival waits for one. */
const POOL = '8';

/** What whoever runs these in production sets. */
const PRODUCTION = { NODE_ENV: 'production', GRAPHILE_ENV: 'production', LOG_LEVEL: 'error' };

/** Installs the packages of the rivals beside them, unless they are there: they are no part of the hub. */
export function installRivals(say: (line: string) => void): void {
  const wanted = readFileSync(`${FOLDER}package-lock.json`, 'utf8');
  const installed = `${FOLDER}node_modules/.installed.json`;
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  say('installing the rivals');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-progress'], { cwd: FOLDER, stdio: 'ignore' });
  writeFileSync(installed, wanted);
}

const address = async (child: Child) => (await child.printed(/answers at (\S+)/))[1] ?? '';

async function start(
  name: string,
  script: string,
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<Hub> {
  const child = runScript(`bench/rivals/${script}`, args, { ...PRODUCTION, POOL, ...environment });
  return hubOf(name, await address(child), [child]);
}

/** PostGraphile 5. @param readerUrl what `prepareRivals` gave */
export const startPostgraphile = (readerUrl: string): Promise<Hub> =>
  start('PostGraphile', 'postgraphile.js', { DATABASE_URL: readerUrl });

/** One prepared statement per page, whose JSON PostgreSQL writes. @param readerUrl what `prepareRivals` gave */
export const startRaw = (readerUrl: string): Promise<Hub> =>
  start('raw SQL', 'raw.ts', { DATABASE_URL: readerUrl });

/** The hub's resolvers in one schema, under GraphQL Yoga. */
export const startMonolith = (databaseUrl: string): Promise<Hub> =>
  start('yoga monolith', 'yoga.js', { DATABASE_URL: databaseUrl });

/** The five subgraphs under Apollo Server and Apollo Gateway, as they come: six processes over HTTP. */
export async function startApollo(databaseUrl: string): Promise<Hub> {
  const environment = { ...PRODUCTION, DATABASE_URL: databaseUrl };
  const urls: Record<string, string> = {};
  const children = await Promise.all(
    SUBGRAPH_NAMES.map(async (name) => {
      const child = runScript('bench/rivals/apollo-subgraph.js', [name], environment);
      urls[name] = await address(child);
      return child;
    }),
  );
  const gateway = runScript('bench/rivals/apollo-gateway.js', [], {
    ...PRODUCTION,
    SUBGRAPHS: JSON.stringify(urls),
  });
  return hubOf('Apollo Gateway', await address(gateway), [...children, gateway]);
}

/** Bare fastify that serves answers of the hub by their address. @param file what it serves, by address, in JSON */
export const startBytes = (file: string): Promise<Hub> => start('bare fastify', 'bytes.ts', {}, [file]);
