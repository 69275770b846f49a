import { readFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { loadBundledData } from '../../cli/bundled.ts';
import { inProcess } from '../../cli/in-process.ts';
import { prepareDatabase } from '../../cli/prepare.ts';
import { openSubgraphs } from '../../cli/subgraphs.ts';
import { startGateway } from '../../gateway/server.ts';
import { readConfig } from '../../kernel/config.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** What a client gets: status and body of one HTTP answer. */
export interface Answer<Data> {
  status: number;
  data: Data;
  errors?: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** Sends one operation to a gateway, as a client does. */
export async function ask<Data = Record<string, never>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer<Data>, 'status'>) };
}

const silent = () => undefined;

/** The database that `npm start` makes on a fresh machine: real directory, barometer, demonstration set. */
export const startedDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    template: 'started',
    build: async (url) => {
      await prepareDatabase(url, silent);
      await loadBundledData(url, { demo: true }, silent);
    },
  });

/** The whole hub in this process, over real HTTP, on a database; closed at the end of the file. */
export async function startHub(databaseUrl: string): Promise<{ url: string }> {
  const subgraphs = await openSubgraphs(readConfig({}), databaseUrl);
  const gateway = await startGateway({
    supergraph: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    host: '127.0.0.1',
    port: 0,
    inProcess: inProcess(subgraphs),
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  });
  return { url: gateway.url };
}

/** The text of an operation that consumers send, with its example variables. */
export function operation(name: string): { query: string; variables: Record<string, unknown> } {
  const file = (suffix: string) =>
    readFileSync(new URL(`../../schema/operations/${name}${suffix}`, import.meta.url), 'utf8');
  return { query: file('.graphql'), variables: JSON.parse(file('.variables.json')) };
}
