import { deepStrictEqual } from 'node:assert';
import { type Contest, compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { type Hub, startApart, startTogether } from './hubs.ts';
import { ask, posts } from './load.ts';
import { stopChildren } from './processes.ts';
import { pages } from './requests.ts';
import { installRivals, startApollo, startMonolith } from './rivals.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** The stored operation that goes through all five subgraphs. */
const FLAGSHIP = 'OneGraph';
/** How many answers are compared before anything is measured. */
const COMPARED = 10;

/**
 * Part flagship: the query through all subgraphs. In one process against the same resolvers in one schema, which no
 * gateway can beat; apart against the same subgraphs under Apollo's server and gateway as they come.
 */
export function benchFlagship(world: World, { pace, say }: Run): Promise<Measure[]> {
  installRivals(say);
  return world.database('started', async (url) => {
    const measures: Measure[] = [];
    const page = (await pages(url)).find(({ name }) => name === FLAGSHIP);
    if (!page) throw new Error(`There is no page ${FLAGSHIP}.`);
    const requests = posts(page);
    for (const [what, starts, must, aim] of [
      ['one process', [startTogether, startMonolith], 2, 1.5],
      ['over HTTP', [startApart, startApollo], 0.8, 0.6],
    ] as const) {
      try {
        const hubs: Hub[] = [];
        for (const start of starts) hubs.push(await start(url));
        for (const request of requests.slice(0, COMPARED)) {
          const [ours, theirs]: unknown[] = await Promise.all(hubs.map((hub) => ask(hub, request)));
          deepStrictEqual(dataOf(theirs), dataOf(ours));
        }
        const contest: Contest = {
          part: 'flagship',
          what: `${FLAGSHIP}, ${what}`,
          sides: hubs.map((hub) => ({ hub, requests })),
        };
        const loads = await compete(contest, url, pace);
        measures.push(
          measureOf(contest, loads, 'cpu', { against: 1 }, { must: { most: must }, aim: { most: aim } }),
          measureOf(contest, loads, 'all', { against: 1 }),
          measureOf(contest, loads, 'perSecond', { against: 1 }),
          measureOf(contest, loads, 'p50', { against: 1 }),
        );
        say(`flagship: ${what}, answers of ${requests.length} requests are the same`);
      } finally {
        await stopChildren();
      }
    }
    return measures;
  });
}

const dataOf = (answer: unknown) => (answer as { data: unknown }).data;
