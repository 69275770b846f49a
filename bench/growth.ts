import { compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { startTogether } from './hubs.ts';
import { posts } from './load.ts';
import { stopChildren } from './processes.ts';
import { readsOf } from './reads.ts';
import { pages } from './requests.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** A read may cost that many times what it does on less data. */
const MUST = { most: 1.3 };

/** Part growth: each read over a tenth of the data, over all of it, and over five times as many quarters. */
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
            ...(await pages(tenth)).map((page) => ({ what: page.name, requests: posts(page) })),
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
