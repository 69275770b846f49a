import type { Measure } from './figures.ts';
import { type Hub, startApart, startTogether } from './hubs.ts';
import { checkAnswers, type Load, load } from './load.ts';
import { stopChildren } from './processes.ts';
import { type Page, pages } from './requests.ts';
import type { World } from './world.ts';

/** Seconds of one measure, and of the load before the first one. */
const SECONDS = 4;
const WARM_UP = 2;

/** Part b: pages of consumers, the hub in one process against the same hub apart over HTTP. */
export function benchPages(world: World, rounds: number, say: (line: string) => void): Promise<Measure[]> {
  return world.database('started', async (url) => {
    try {
      const together = await startTogether(url);
      const apart = await startApart(url);
      const measures: Measure[] = [];
      for (const page of await pages(url)) {
        measures.push(...(await benchPage(page, url, together, apart, rounds)));
        say(`b: ${page.name}, ${page.variables.length} distinct requests`);
      }
      return measures;
    } finally {
      await stopChildren();
    }
  });
}

async function benchPage(
  page: Page,
  databaseUrl: string,
  together: Hub,
  apart: Hub,
  rounds: number,
): Promise<Measure[]> {
  const loads = new Map<Hub, Load[]>([
    [together, []],
    [apart, []],
  ]);
  for (const hub of loads.keys()) {
    await checkAnswers(hub, page);
    await load(hub, page, databaseUrl, WARM_UP);
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [together, apart] : [apart, together];
    for (const hub of order) loads.get(hub)?.push(await load(hub, page, databaseUrl, SECONDS));
  }
  const side = (hub: Hub, value: (load: Load) => number) => ({
    name: hub.name,
    rounds: (loads.get(hub) ?? []).map(value),
  });
  const measure = (unit: string, value: (load: Load) => number): Measure => ({
    part: 'b',
    what: page.name,
    unit,
    hub: side(together, value),
    against: side(apart, value),
  });
  return [
    measure('CPU ms/request', ({ cpuMs }) => cpuMs),
    measure('CPU ms/request of PostgreSQL', (load) => load.databaseCpuMs),
    measure('requests/s', ({ perSecond }) => perSecond),
    measure('ms, median latency', ({ p50 }) => p50),
  ];
}
