import { compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { startApart, startTogether } from './hubs.ts';
import { checkAnswers, posts } from './load.ts';
import { stopChildren } from './processes.ts';
import { pages } from './requests.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** Part b: pages of consumers, the hub in one process against the same hub apart over HTTP. */
export function benchPages(world: World, { pace, say }: Run): Promise<Measure[]> {
  return world.database('started', async (url) => {
    try {
      const hubs = [await startTogether(url), await startApart(url)];
      const measures: Measure[] = [];
      for (const page of await pages(url)) {
        const requests = posts(page);
        for (const hub of hubs) await checkAnswers(hub, requests);
        const contest = {
          part: 'b' as const,
          what: page.name,
          sides: hubs.map((hub) => ({ hub, requests })),
        };
        const loads = await compete(contest, url, pace);
        measures.push(
          measureOf(contest, loads, 'cpu', { against: 1 }),
          measureOf(contest, loads, 'database', { against: 1 }),
          measureOf(contest, loads, 'perSecond', { against: 1 }),
          measureOf(contest, loads, 'p50', { against: 1 }),
        );
        say(`b: ${page.name}, ${requests.length} distinct requests`);
      }
      return measures;
    } finally {
      await stopChildren();
    }
  });
}
