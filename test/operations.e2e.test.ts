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

test('every stored operation is tried here, or in operations-voice', () => {
  const stored = readdirSync(new URL('../schema/operations', import.meta.url));
  const names = stored
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => name.slice(0, -'.graphql'.length));
  expect(names.sort()).toEqual([
    'Backlog',
    'ClearDocuments',
    'ContinuousImprovement',
    'FindTestimonies',
    'Moderation',
    'NationalOverview',
    'NetworkRanking',
    'OneGraph',
    'ResultStatistics',
    'Scorecard',
    'Search',
    'ServicesNearMe',
    'SiteBoard',
    'TestimonyPage',
    'ToExamine',
    'Transparency',
    'VoiceOfUsers',
    'WeakSignals',
    'WhatChanged',
  ]);
});

test('ServicesNearMe: the services of Bapaume, local against national', async () => {
  const { territory } = await run<{
    territory: Named & {
      sites: {
        totalCount: number;
        nodes: {
          network: Named;
          comparisons: ComparisonShape[];
          testimonies: { totalCount: number; nodes: unknown[] };
        }[];
      };
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
  for (const { testimonies } of territory.sites.nodes) {
    expect(testimonies.totalCount).toBeGreaterThan(0);
    expect(testimonies.nodes).toHaveLength(Math.min(3, testimonies.totalCount));
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
      label: { level: string; expiresOn: string } | null;
      impacts: { title: string; publishedOn: string }[];
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
  const today = new Date().toISOString().slice(0, 10);
  expect(['BRONZE', 'SILVER', 'GOLD']).toContain(site.label?.level);
  expect((site.label?.expiresOn ?? '') > today).toBe(true);
  expect(site.impacts.length).toBeGreaterThan(0);
  for (const { title, publishedOn } of site.impacts)
    expect([title !== '', publishedOn <= today]).toEqual([true, true]);
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

test('VoiceOfUsers: what is told of a network month after month, and how long replies take', async () => {
  interface Told {
    keys: { value: string; label: string }[];
    count: number;
    share: number;
  }
  interface Delays {
    medianDays: number | null;
    p90Days: number | null;
    answeredShare: number;
    unanswered: number;
  }
  const { network } = await run<{ network: { testimonyStats: Told[]; replyDelays: Delays[] } }>(
    'VoiceOfUsers',
  );
  const { testimonyStats, replyDelays } = network;
  const months = testimonyStats.map(({ keys }) => keys[0]?.value ?? '');
  expect(new Set(months).size).toBeGreaterThan(15);
  expect(months).toEqual(months.toSorted());
  expect(months.every((month) => month >= '2025-01')).toBe(true);
  const feelings = new Set(testimonyStats.map(({ keys }) => keys[1]?.value));
  expect([...feelings].toSorted()).toEqual(['NEGATIVE', 'NEUTRAL', 'POSITIVE']);
  expect(testimonyStats.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1);
  expect(replyDelays.length).toBeGreaterThan(10);
  for (const { medianDays, p90Days, answeredShare } of replyDelays) {
    expect(medianDays === null).toBe(answeredShare === 0);
    expect(p90Days ?? 0).toBeGreaterThanOrEqual(medianDays ?? 0);
  }
  expect(replyDelays.reduce((sum, { unanswered }) => sum + unanswered, 0)).toBeGreaterThan(0);
});

test('VoiceOfUsers: documents reported as too complex, and how far their rewriting got', async () => {
  const { network } = await run<{
    network: {
      simplificationReports: { totalCount: number; nodes: { problems: string[]; receivedOn: string }[] };
      simplificationFunnel: Record<
        'received' | 'rewritten' | 'tested' | 'disseminated' | 'medianDays',
        number
      >;
    };
  }>('VoiceOfUsers');
  const { received, rewritten, tested, disseminated, medianDays } = network.simplificationFunnel;
  expect([received, rewritten, tested, disseminated]).toEqual(
    [received, rewritten, tested, disseminated].toSorted((a, b) => b - a),
  );
  expect(disseminated).toBeGreaterThan(50);
  expect(medianDays).toBeGreaterThan(30);
  const { totalCount, nodes } = network.simplificationReports;
  expect(totalCount).toBeGreaterThan(10);
  expect(totalCount).toBeLessThan(received);
  expect(nodes).toHaveLength(10);
  expect(nodes.every(({ problems }) => problems.length > 0)).toBe(true);
  const days = nodes.map(({ receivedOn }) => receivedOn);
  expect(days).toEqual(days.toSorted().reverse());
});

test('OneGraph: figures of the Pas-de-Calais and its sites against the nation', async () => {
  const { territory } = await run<{
    territory: {
      figures: { indicator: { userTitle: string }; value: number; coverage: { publishing: number } }[];
      testimonyStats: { count: number }[];
      sites: {
        totalCount: number;
        nodes: (Named & {
          comparisons: ComparisonShape[];
          simplificationReports: { totalCount: number };
          actionPlans: { totalCount: number };
          label: { level: string } | null;
        })[];
      };
    };
  }>('OneGraph');
  expect(territory.figures.length).toBeGreaterThanOrEqual(5);
  expect(territory.sites.totalCount).toBeGreaterThan(20);
  expect(territory.sites.nodes.length).toBe(20);
  expect(territory.sites.nodes.every(({ comparisons }) => comparisons.length > 0)).toBe(true);
  for (const what of ['simplificationReports', 'actionPlans'] as const) {
    expect(territory.sites.nodes.filter((site) => site[what].totalCount > 0)).not.toEqual([]);
  }
  expect(territory.sites.nodes.filter(({ label }) => label !== null)).not.toEqual([]);
  expect(territory.testimonyStats).toHaveLength(3);
  expect(territory.testimonyStats.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(50);
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

test('Search: answered testimonies that hold the word, with their replies', async () => {
  interface Found {
    title: string;
    body: string;
    concerns: { structure: Named | null; reply: { body: string } | null }[];
  }
  const { testimonies } = await run<{ testimonies: { totalCount: number; nodes: Found[] } }>('Search');
  expect(testimonies.totalCount).toBeGreaterThan(100);
  expect(testimonies.nodes).toHaveLength(20);
  for (const { title, body, concerns } of testimonies.nodes) {
    expect(`${title} ${body}`.toLowerCase()).toContain('attente');
    expect(concerns.some(({ reply }) => (reply?.body ?? '') !== '')).toBe(true);
  }
  expect(testimonies.nodes.some(({ concerns }) => concerns[0]?.structure?.name !== undefined)).toBe(true);
});
