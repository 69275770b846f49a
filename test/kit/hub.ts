import { readFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { loadBundledData } from '../../cli/bundled.ts';
import { inProcess } from '../../cli/in-process.ts';
import { prepareDatabase } from '../../cli/prepare.ts';
import { openSubgraphs } from '../../cli/subgraphs.ts';
import { openIdentity } from '../../gateway/identity/identity.ts';
import type { GatewayOptions, ServingGateway } from '../../gateway/options.ts';
import { startGateway } from '../../gateway/server.ts';
import { readConfig } from '../../kernel/config.ts';
import { listenSubgraph } from '../../kernel/graphql/server.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** What a client gets: status and body of one HTTP answer. */
export interface Answer<Data> {
  status: number;
  data: Data;
  errors?: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** Who a test asks as: a key of the register, sent as a bearer; anybody without one. */
export interface Asking {
  key?: string | undefined;
}

/** Sends one operation to a gateway, as a client does; the answer as it came. */
export async function send(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  { key }: Asking = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends one operation to a gateway, as a client does; the answer read. */
export async function ask<Data = Record<string, never>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  asking: Asking = {},
): Promise<Answer<Data>> {
  const { status, text } = await send(url, query, variables, asking);
  return { status, ...(JSON.parse(text) as Omit<Answer<Data>, 'status'>) };
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

/** Everything in one process, or each subgraph behind HTTP of its own, which only signed requests may enter. */
export const HUB_MODES = ['in process', 'apart'] as const;
export type HubMode = (typeof HUB_MODES)[number];

export interface HubOptions {
  /** `in process` when omitted. */
  mode?: HubMode;
  /** More for the gateway: rates, plugins, deadlines…; or other options than those of this kit. */
  gateway?: Partial<GatewayOptions>;
  /** Settings, as in the environment. */
  settings?: Readonly<Record<string, string>>;
}

/** A hub that answers over HTTP. */
export interface TestHub {
  url: string;
  /** The subgraphs behind it, to be asked directly. */
  subgraphs: readonly Subgraph[];
  /** Addresses of subgraphs that are apart, by name. */
  subgraphUrls: Readonly<Record<string, string>>;
  /** What became of shared answers; null when the gateway keeps none. */
  answerFigures: ServingGateway['answerFigures'];
}

/** What gateways and subgraphs of the tests share. */
export const TEST_SECRET = 'what the gateway and the subgraphs of a test share';

/**
 * The whole hub in this process, over real HTTP, on a database, with the keys of that database; closed at the end
 * of the file.
 */
export async function startHub(
  databaseUrl: string,
  { mode = 'in process', gateway: more = {}, settings = {} }: HubOptions = {},
): Promise<TestHub> {
  const subgraphs = await openSubgraphs(readConfig(settings), databaseUrl);
  const identity = await openIdentity({ databaseUrl, oidc: null });
  const behind = mode === 'apart' ? await listenAll(subgraphs) : together(subgraphs);
  const gateway = await startGateway({
    supergraph: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    host: '127.0.0.1',
    port: 0,
    identity,
    ...behind.options,
    ...more,
  });
  afterAll(async () => {
    await gateway.close();
    await identity.close();
    await behind.close();
  });
  const { url, answerFigures } = gateway;
  return { url, subgraphs, subgraphUrls: behind.options.subgraphUrls ?? {}, answerFigures };
}

/** Subgraphs as the gateway reaches them. */
interface Behind {
  options: Pick<GatewayOptions, 'inProcess' | 'subgraphUrls' | 'secret'>;
  close(): Promise<void>;
}

const together = (subgraphs: readonly Subgraph[]): Behind => ({
  options: { inProcess: inProcess(subgraphs) },
  close: async () => {
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  },
});

/** Each on a port of its own; its own `close` also closes the subgraph. */
async function listenAll(subgraphs: readonly Subgraph[]): Promise<Behind> {
  const listening = await Promise.all(
    subgraphs.map(async (subgraph) => {
      const { url, close } = await listenSubgraph(subgraph, {
        host: '127.0.0.1',
        port: 0,
        secrets: [TEST_SECRET],
      });
      return { name: subgraph.name, url: `${url}/graphql`, close };
    }),
  );
  return {
    options: {
      subgraphUrls: Object.fromEntries(listening.map(({ name, url }) => [name, url])),
      secret: TEST_SECRET,
    },
    close: async () => {
      await Promise.all(listening.map(({ close }) => close()));
    },
  };
}

/** The text of an operation that consumers send, with its example variables. */
export function operation(name: string): { query: string; variables: Record<string, unknown> } {
  const file = (suffix: string) =>
    readFileSync(new URL(`../../schema/operations/${name}${suffix}`, import.meta.url), 'utf8');
  return { query: file('.graphql'), variables: JSON.parse(file('.variables.json')) };
}
