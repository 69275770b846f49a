import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SUBGRAPH_NAMES, type SubgraphName } from '../cli/subgraphs.ts';
import { startGateway } from '../gateway/server.ts';
import { ask, operation, startedDatabase, startHub } from './kit/hub.ts';
import { type Running, runHub } from './kit/processes.ts';

const { url: databaseUrl } = await startedDatabase();
const together = await startHub(databaseUrl);

/** Every subgraph and the gateway as processes of their own; they share the secret of the data folder. */
const folder = mkdtempSync(join(tmpdir(), 'hub-modes-'));
const environment = { DATABASE_URL: databaseUrl, HUB_DATA_DIR: folder, HUB_GATEWAY_SECRETS: '' };
const processes = new Map<string, Running>();
const address = async (running: Running) => (await running.printed(/answers at (\S+)\/graphql/))[1] ?? '';
const urls: Record<string, string> = {};
for (const name of SUBGRAPH_NAMES) {
  processes.set(name, runHub(['serve', 'subgraph', name, '--port', '0'], environment));
}
for (const [name, running] of processes) {
  urls[`HUB_SUBGRAPH_URL_${name.toUpperCase()}`] = `${await address(running)}/graphql`;
}
const gateway = runHub(['serve', 'gateway', '--port', '0'], { ...environment, ...urls });
processes.set('gateway', gateway);
const apart = await address(gateway);
afterAll(async () => {
  await Promise.all([...processes.values()].map((running) => running.end()));
  rmSync(folder, { recursive: true });
});

const OPERATIONS = [
  'ClearDocuments',
  'ContinuousImprovement',
  'FindTestimonies',
  'NationalOverview',
  'NetworkRanking',
  'OneGraph',
  'ResultStatistics',
  'Scorecard',
  'Search',
  'ServicesNearMe',
  'SiteBoard',
  'TestimonyPage',
  'Transparency',
  'VoiceOfUsers',
  'WeakSignals',
  'WhatChanged',
];

test.each(OPERATIONS)('%s: the same answer together and apart', async (name) => {
  const { query, variables } = operation(name);
  const one = await ask(together.url, query, variables);
  expect(one.errors).toBeUndefined();
  expect(await ask(apart, query, variables)).toEqual(one);
});

const NODES = `{ nodes(ids: ["SITE-528ec072-1427-5e8a-b747-131251cdaea3", "IND-SATISFACTION", "IND-none",
  "TEM-none", "nothing", "DEP-62", "COMMITMENT-E4"]) { id __typename ... on Site { name } ... on Indicator { title } } }`;

test('node answers for every owner, null when unknown, in both modes', async () => {
  const one = await ask<{ nodes: ({ id: string } | null)[] }>(together.url, NODES);
  expect(one.errors).toBeUndefined();
  expect(one.data.nodes.map((node) => node?.id ?? null)).toEqual([
    'SITE-528ec072-1427-5e8a-b747-131251cdaea3',
    'IND-SATISFACTION',
    null,
    null,
    null,
    'DEP-62',
    'COMMITMENT-E4',
  ]);
  expect(await ask(apart, NODES)).toEqual(one);
});

test('both modes say whether they are ready', async () => {
  for (const url of [together.url, apart]) {
    expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
    expect((await fetch(`${url}/readiness`)).status).toBe(200);
  }
});

const BOARD = `{ site(id: "SITE-528ec072-1427-5e8a-b747-131251cdaea3") { name
  comparisons { period local { value } } label { level } territory { name } } }`;

/** What a dead `indicators` costs: its own field, nothing else. */
const WITHOUT_INDICATORS = {
  status: 200,
  data: {
    site: {
      name: 'Pôle emploi de Bapaume',
      comparisons: null,
      label: { level: expect.stringMatching(/^(BRONZE|SILVER|GOLD)$/) },
      territory: { name: 'Bapaume' },
    },
  },
  errors: [
    {
      message: expect.any(String),
      path: ['site', 'comparisons'],
      extensions: { code: 'SOURCE_UNAVAILABLE', source: 'indicators' },
    },
  ],
};

test('a dead subgraph costs its own fields only: together', async () => {
  const { readFileSync } = await import('node:fs');
  const alive = startedInProcess();
  const dead = await startGateway({
    supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
    host: '127.0.0.1',
    port: 0,
    inProcess: new Map([
      ...(await alive),
      ['indicators', { execute: () => Promise.reject(new Error('its database is gone')) }],
    ]),
  });
  try {
    expect(await ask(dead.url, BOARD)).toMatchObject(WITHOUT_INDICATORS);
  } finally {
    await dead.close();
  }
});

async function startedInProcess() {
  const { openSubgraph } = await import('../cli/subgraphs.ts');
  const { inProcess } = await import('../cli/in-process.ts');
  const { readConfig } = await import('../kernel/config.ts');
  const names: SubgraphName[] = ['administrations', 'improvement'];
  const subgraphs = await Promise.all(names.map((name) => openSubgraph(name, readConfig({}), databaseUrl)));
  afterAll(() => Promise.all(subgraphs.map((subgraph) => subgraph.close())));
  return inProcess(subgraphs);
}

test('a subgraph apart answers nobody but the gateway', async () => {
  const indicators = urls.HUB_SUBGRAPH_URL_INDICATORS ?? '';
  const unsigned = await ask(indicators.replace('/graphql', ''), '{ _service { sdl } }');
  expect(unsigned).toEqual({
    status: 401,
    errors: [{ message: 'The request is refused.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('a dead subgraph costs its own fields only: apart, and it comes back without a restart', async () => {
  const serve = [
    'serve',
    'subgraph',
    'indicators',
    '--port',
    new URL(urls.HUB_SUBGRAPH_URL_INDICATORS ?? '').port,
  ];
  const restart = async (secrets: string) => {
    const again = runHub(serve, { ...environment, HUB_GATEWAY_SECRETS: secrets });
    processes.set('indicators', again);
    await address(again);
  };
  expect(await processes.get('indicators')?.end()).toBe(0);
  expect(await ask(apart, BOARD)).toMatchObject(WITHOUT_INDICATORS);
  // One that does not know the secret of the gateway is as good as dead, and says nothing of it to the client.
  await restart('another secret of more than 32 characters');
  expect(await ask(apart, BOARD)).toMatchObject(WITHOUT_INDICATORS);
  await processes.get('indicators')?.end();
  await restart('');
  const { data, errors } = await ask<{ site: { comparisons: unknown[] } }>(apart, BOARD);
  expect(errors).toBeUndefined();
  expect(data.site.comparisons.length).toBeGreaterThan(0);
});
