import { compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { type Hub, startTogether } from './hubs.ts';
import { ask, posts, type Request } from './load.ts';
import { stopChildren } from './processes.ts';
import { readsOf } from './reads.ts';
import { type Page, pages } from './requests.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** A read may cost that many times what it does on less data. */
const MUST = { most: 1.3 };

/** Answers of which the size is told. */
const SIZED = 50;

/**
 * Part growth: each read over a tenth of the data, over all of it, and over five times as many quarters, with the size
 * of what is answered: where there is more to tell, telling it costs more.
 */
export function benchGrowth(world: World, { pace, say }: Run): Promise<Measure[]> {
  const measures: Measure[] = [];
  return world.database('growthTenth', (tenth) =>
    world.database('growthOnce', (once) =>
      world.database('growthFivefold', async (fivefold) => {
        try {
          const hubs = [];
          for (const [name, url] of Object.entries({ '0.1×': tenth, '1×': once, '5×': fivefold }))
            hubs.push({ ...(await startTogether(url)), name });
          // What the smallest has, all have.
          const reads = [
            ...(await readsOf(tenth)).map(({ what, requests }) => ({ what, requests: requests.hub })),
            ...(await pages(tenth))
              .flatMap((page) => [page, ...lately(page)])
              .map((page) => ({ what: page.name, requests: posts(page) })),
          ];
          for (const { what, requests } of reads) {
            const contest = {
              part: 'growth' as const,
              what,
              sides: hubs.map((hub) => ({ hub, requests })),
            };
            try {
              const loads = await compete(contest, once, pace);
              measures.push(
                measureOf(contest, loads, 'all', { of: 1, against: 0 }, { must: MUST }),
                measureOf(contest, loads, 'all', { of: 2, against: 1 }, { must: MUST }),
                ...(await sizes(what, hubs, requests)),
              );
              say(`growth: ${what}`);
            } catch (error) {
              // One that answers nothing within a measure must not take the figures of the others with it.
              say(`growth: ${what} has no figures: ${String(error)}`);
            }
          }
          return measures;
        } finally {
          await stopChildren();
        }
      }),
    ),
  );
}

/** A page that tells everything since 2018, and the same of the last eight quarters, which all three countries have. */
const lately = ({ name, query, variables }: Page): Page[] =>
  query.includes('from: "2018"')
    ? [
        {
          name: `${name}, two years of evolution`,
          query: query.replace('from: "2018"', 'from: "2024"'),
          variables,
        },
      ]
    : [];

/** How large the answers are over each of the three. */
async function sizes(what: string, hubs: readonly Hub[], requests: readonly Request[]): Promise<Measure[]> {
  const sides: Measure['hub'][] = [];
  for (const hub of hubs) {
    let bytes = 0;
    const asked = requests.slice(0, SIZED);
    for (const request of asked) bytes += JSON.stringify(await ask(hub, request)).length;
    sides.push({ name: hub.name, rounds: [bytes / asked.length / 1000] });
  }
  return sides.slice(1).map((hub, index) => ({
    part: 'growth',
    what: `${what}: size of the answer`,
    unit: 'kB, before compression',
    hub,
    ...(sides[index] && { against: sides[index] }),
  }));
}
