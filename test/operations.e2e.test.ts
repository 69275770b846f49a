import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask, operation, startedDatabase, startHub } from './kit/hub.ts';

const hub = await startHub((await startedDatabase()).url);

/** Runs a stored operation with its example variables; no operation may come back with an error. */
async function run<Data>(name: string, variables?: Record<string, unknown>): Promise<Data> {
  const stored = operation(name);
  const { status, data, errors } = await ask<Data>(hub.url, stored.query, {
    ...stored.variables,
    ...variables,
  });
  expect(errors).toBeUndefined();
  expect(status).toBe(200);
  return data;
}

interface Named {
  name: string;
}
interface ComparisonShape {
  indicator: { userTitle: string };
  period: string;
  local: { value: number | null } | null;
  national: { value: number | null } | null;
  gapToNational: number | null;
}

test('every stored operation is tried here', () => {
  const stored = readdirSync(new URL('../schema/operations', import.meta.url));
  const names = stored
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => name.slice(0, -'.graphql'.length));
  expect(names.sort()).toEqual([
    'NationalOverview',
    'NetworkRanking',
    'OneGraph',
    'Search',
    'ServicesNearMe',
    'SiteBoard',
    'Transparency',
    'VoiceOfUsers',
    'WhatChanged',
  ]);
});

test('ServicesNearMe: the services of Bapaume, local against national', async () => {
  const { territory } = await run<{
    territory: Named & {
      sites: { totalCount: number; nodes: { network: Named; comparisons: ComparisonShape[] }[] };
    };
  }>('ServicesNearMe');
  expect(territory.name).toBe('Bapaume');
  expect(new Set(territory.sites.nodes.map(({ network }) => network.name)).size).toBe(2);
  const comparisons = territory.sites.nodes.flatMap((site) => site.comparisons);
  const compared = comparisons.filter(
    ({ local, national }) => local?.value != null && national?.value != null,
  );
  expect(compared.length).toBeGreaterThan(0);
  for (const { local, national, gapToNational } of compared) {
    expect(gapToNational).toBeCloseTo((local?.value ?? 0) - (national?.value ?? 0), 9);
  }
});

test.each([
  'COM-75056',
  'COM-13055',
  'COM-69123',
  'COM-75101',
  'COM-97411',
  'COM-59350',
  'COM-2A004',
  'COM-98735',
])('ServicesNearMe answers for %s', async (commune) => {
  const { territory } = await run<{ territory: { sites: { nodes: Named[] } } }>('ServicesNearMe', {
    commune,
  });
  expect(territory.sites.nodes.length).toBeGreaterThan(0);
});

test('SiteBoard: the results of a site, with its rank and its past', async () => {
  const { site } = await run<{
    site: Named & {
      territory: { ancestors: Named[] };
      comparisons: (ComparisonShape & { rank: number; of: number; evolution: { period: string }[] })[];
    };
  }>('SiteBoard');
  expect(site.territory.ancestors.map(({ name }) => name)).toEqual([
    'Pas-de-Calais',
    'Hauts-de-France',
    'France',
  ]);
  expect(site.comparisons.length).toBeGreaterThan(1);
  // No rank where the source itself published the extremes of results that the hub does not have.
  expect(site.comparisons.some(({ rank }) => rank !== null)).toBe(true);
  for (const { rank, of, evolution } of site.comparisons) {
    if (rank !== null) expect(rank >= 1 && rank <= of).toBe(true);
    expect(evolution.map(({ period }) => period)).toEqual(evolution.map(({ period }) => period).toSorted());
  }
});

test('NetworkRanking: nation, map, ranking and who is missing', async () => {
  const { network } = await run<{
    network: {
      national: { value: number; coverage: { publishing: number; expected: number } };
      figures: { totalCount: number; nodes: { value: number | null; territory: { id: string } }[] };
      ranking: { nodes: { site: Named; value: number }[]; pageInfo: { hasNextPage: boolean } };
      completeness: { publishing: number; expected: number; missing: { nodes: Named[] } };
    };
  }>('NetworkRanking');
  expect(network.figures.nodes.map(({ territory }) => territory.id).toSorted()).toEqual([
    'DEP-02',
    'DEP-60',
    'DEP-62',
    'DEP-80',
  ]);
  const values = network.ranking.nodes.map(({ value }) => value);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(values.length).toBe(20);
  const { publishing, expected } = network.completeness;
  expect(publishing).toBeLessThanOrEqual(expected);
  expect(network.national.coverage.expected).toBeGreaterThan(700);
});

test('VoiceOfUsers answers for a network', async () => {
  const { network } = await run<{ network: { testimonyStats: unknown[]; simplificationFunnel: object } }>(
    'VoiceOfUsers',
  );
  // The demonstration set has no testimony and no report: voice.e2e.test.ts asks the same of some.
  expect(network.testimonyStats).toEqual([]);
  expect(network.simplificationFunnel).toMatchObject({ received: 0 });
});

test('OneGraph: figures of the Pas-de-Calais and its sites against the nation', async () => {
  const { territory } = await run<{
    territory: {
      figures: { indicator: { userTitle: string }; value: number; coverage: { publishing: number } }[];
      sites: { totalCount: number; nodes: (Named & { comparisons: ComparisonShape[] })[] };
    };
  }>('OneGraph');
  expect(territory.figures.length).toBeGreaterThanOrEqual(5);
  expect(territory.sites.totalCount).toBeGreaterThan(20);
  expect(territory.sites.nodes.length).toBe(20);
  expect(territory.sites.nodes.every(({ comparisons }) => comparisons.length > 0)).toBe(true);
});

test('NationalOverview: every network in every région, three side by side', async () => {
  const { networks, compareNetworks } = await run<{
    networks: (Named & { figures: { nodes: { territory: { id: string }; value: number | null }[] } })[];
    compareNetworks: { network: Named; value: number }[];
  }>('NationalOverview');
  const rows = networks.flatMap(({ figures }) => figures.nodes);
  expect(rows.filter(({ value }) => value !== null).length).toBeGreaterThan(100);
  expect(compareNetworks.length).toBe(3);
});

test('Transparency: by network, and for each région', async () => {
  const { transparency, territory } = await run<{
    transparency: {
      rate: number;
      basis: string;
      byNetwork: { rate: number; publishing: number; expected: number }[];
    };
    territory: { children: { nodes: { transparency: { rate: number | null } | null }[] } };
  }>('Transparency');
  expect(transparency).toMatchObject({ rate: 75, basis: 'PUBLISHED' });
  expect(transparency.byNetwork.length).toBeGreaterThan(5);
  expect(territory.children.nodes.length).toBe(26);
});

test('WhatChanged: the directory and the results of the bundled data, page after page', async () => {
  interface List {
    nodes: { kind: string }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  }
  const ask = async (variables: Record<string, unknown>) =>
    (await run<{ changes: Record<'directory' | 'commitments' | 'results', List> }>('WhatChanged', variables))
      .changes;
  const first = await ask({});
  expect([first.directory.nodes.length, first.results.nodes.length]).toEqual([100, 100]);
  expect(first.commitments).toEqual({ nodes: [], pageInfo: { endCursor: null, hasNextPage: false } });
  const next = await ask({
    directoryAfter: first.directory.pageInfo.endCursor,
    resultsAfter: first.results.pageInfo.endCursor,
  });
  for (const list of ['directory', 'results'] as const) {
    expect(next[list].nodes.length).toBe(100);
    expect(next[list].pageInfo.endCursor).not.toBe(first[list].pageInfo.endCursor);
  }
});

test('Search answers', async () => {
  const { testimonies } = await run<{ testimonies: { totalCount: number; nodes: unknown[] } }>('Search');
  // As above: nothing to find yet, and no error.
  expect(testimonies).toEqual({ totalCount: 0, nodes: [] });
});
