import { parse } from 'graphql';
import { loadVoices } from '../cli/demo/voices/load.ts';
import { readConfig } from '../kernel/config.ts';
import { executeInProcess } from '../kernel/graphql/execute.ts';
import type { Subgraph } from '../kernel/graphql/subgraph.ts';
import { ANONYMOUS } from '../kernel/viewer.ts';
import { openTestimonies } from '../subgraphs/testimonies/server.ts';
import type { Measure } from './figures.ts';
import { searchCases } from './search-cases.ts';
import { makeStructures } from './voice-structures.ts';
import type { World } from './world.ts';

const PAGE = parse(
  `query ($filter: TestimonyFilter) { testimonies(filter: $filter, first: 20) { nodes { id title publishedOn } } }`,
);
const COUNT = parse(`query ($filter: TestimonyFilter) { testimonies(filter: $filter) { totalCount } }`);
const STATS = parse(
  `query ($filter: TestimonyFilter) { testimonyStats(filter: $filter, groupBy: [MONTH, FEELING]) { count } }`,
);
const DELAYS = parse(
  `query ($filter: TestimonyFilter) { replyDelays(filter: $filter) { medianDays p90Days overdue } }`,
);
const FACETS = parse(
  `query ($filter: TestimonyFilter) {
     testimonyFacets(filter: $filter, facets: [FEELING, TAG, NETWORK, DEPARTEMENT, CHANNEL]) { values { count } } }`,
);
const SIGNALS = parse(
  `query ($network: ID, $territory: ID) { weakSignals(network: $network, territory: $territory) { tested } }`,
);

/** Part search: a page and its count over many testimonies, kind by kind, each search with words of its own. */
export function benchSearch(
  world: World,
  rounds: number,
  testimonies: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  return world.database('real', async (url) => {
    const places = await makeStructures(url);
    await loadVoices(url, { name: 'bench', count: testimonies, places }, say);
    const subgraph = await openTestimonies(readConfig({}), url);
    try {
      return await measureAll(subgraph, rounds, say);
    } finally {
      await subgraph.close();
    }
  });
}

async function measureAll(
  subgraph: Subgraph,
  rounds: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  const measures: Measure[] = [];
  const add = async (what: string, document: typeof PAGE, variables: readonly object[]) => {
    const times: number[][] = [];
    // The first pass reads what is on disk, as a machine that was just started does; it is not counted.
    for (let round = -1; round < rounds; round += 1) {
      const taken: number[] = [];
      for (const each of variables) taken.push(await timed(subgraph, document, each));
      if (round >= 0) times.push(taken.sort((a, b) => a - b));
    }
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const at = (taken: number[]) =>
        taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
      measures.push({
        part: 'search',
        what,
        unit: `ms, ${name}`,
        hub: { name: 'hub', rounds: times.map(at) },
      });
    }
    say(`search: ${what}`);
  };
  for (const { name, filters } of searchCases()) {
    const variables = filters.map((filter) => ({ filter }));
    await add(`${name}, page of 20`, PAGE, variables);
    await add(`${name}, totalCount`, COUNT, variables);
  }
  const whole = [{ filter: {} }, { filter: { network: 'NET-caf' } }];
  await add('statistics of the nation and a network, by month and feeling', STATS, whole);
  await add('reply delays of the nation and a network', DELAYS, whole);
  await add('five facets, of a word', FACETS, [
    { filter: { search: 'dossier' } },
    { filter: { search: 'préfecture' } },
  ]);
  // More testimonies than this would be refused: they are gone through word by word.
  await add('weak signals of a network in a région', SIGNALS, [{ network: 'NET-caf', territory: 'REG-32' }]);
  return measures;
}

async function timed(subgraph: Subgraph, document: typeof PAGE, variables: object): Promise<number> {
  const started = performance.now();
  const { errors } = await executeInProcess(subgraph, {
    document,
    variables: { ...variables },
    requestKey: {},
    requestId: undefined,
    viewer: ANONYMOUS,
  });
  if (errors) throw new Error(`${JSON.stringify(variables)}: ${errors[0]?.message}`);
  return performance.now() - started;
}
