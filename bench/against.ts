import { compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { type Hub, type Keeping, startTogether } from './hubs.ts';
import type { Part } from './options.ts';
import { stopChildren } from './processes.ts';
import { startPublisher } from './publisher.ts';
import { compareAnswers, type Read, readsOf } from './reads.ts';
import { prepareRivals } from './rivals/views.ts';
import { installRivals, startPostgraphile, startRaw } from './rivals.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';
import { zipf } from './zipf.ts';

const SITE_PAGE = 0;

/** What a read must reach and aims at, as a multiple of the requests that a rival answers with the same means. */
interface Goal {
  postgraphile: { must: number; aim?: number };
  raw?: { must: number; aim: number };
}

/** Cold: a site's page, then the two of maps. */
const COLD: Goal = { postgraphile: { must: 0.7, aim: 1 } };
const WARM_SITE: Goal = { postgraphile: { must: 1.5 }, raw: { must: 0.5, aim: 1 } };
const WARM_MAP: Goal = { postgraphile: { must: 1.5 } };

/** Part reads: pages with distinct variables, against PostGraphile and bare SQL on the same database. */
export const benchReads = (world: World, run: Run): Promise<Measure[]> =>
  onCountry(world, 'computed', run, async (url, sides) => {
    const measures: Measure[] = [];
    for (const read of await readsOf(url)) {
      run.say(`reads: ${read.what}: ${await compareAnswers(read, sides)} values are the same of the three`);
      measures.push(...(await measure('reads', `${read.what}, cold`, read, COLD, url, sides, run)));
    }
    return measures;
  });

/**
 * Part warm: the same pages, some asked far more often than others, while a network publishes every other second.
 * Nobody but the hub keeps answers: the others answer every request anew.
 */
export const benchWarm = (world: World, run: Run): Promise<Measure[]> =>
  onCountry(world, 'kept', run, async (url, sides) => {
    const measures: Measure[] = [];
    for (const [index, read] of (await readsOf(url)).entries()) {
      await compareAnswers(read, sides);
      const often = {
        ...read,
        requests: {
          hub: zipf(read.requests.hub),
          PostGraphile: zipf(read.requests.PostGraphile),
          'raw SQL': zipf(read.requests['raw SQL']),
        },
      };
      const goal = index === SITE_PAGE ? WARM_SITE : WARM_MAP;
      const publish = await startPublisher(sides.hub, url);
      measures.push(...(await measure('warm', `${read.what}, warm`, often, goal, url, sides, run, publish)));
      run.say(`warm: ${read.what}`);
    }
    return measures;
  });

type Sides = Readonly<Record<'hub' | 'PostGraphile' | 'raw SQL', Hub>>;

async function measure(
  part: Part,
  what: string,
  { requests }: Read,
  goal: Goal,
  url: string,
  sides: Sides,
  { pace }: Run,
  meanwhile?: () => { stop(): Promise<void> },
): Promise<Measure[]> {
  const contest = {
    part,
    what,
    sides: [
      { hub: sides.hub, requests: requests.hub },
      { hub: sides.PostGraphile, requests: requests.PostGraphile },
      { hub: sides['raw SQL'], requests: requests['raw SQL'] },
    ],
    meanwhile,
  };
  const loads = await compete(contest, url, pace);
  return [goal.postgraphile, goal.raw].flatMap((asked, index) => {
    const against = index + 1;
    const bound = (form: 'least' | 'most') => ({
      ...(asked && { must: boundOf(form, asked.must) }),
      ...(asked?.aim && { aim: boundOf(form, asked.aim) }),
    });
    return [
      measureOf(contest, loads, 'all', { against }, bound('most')),
      measureOf(contest, loads, 'perSecond', { against }, bound('least')),
      measureOf(contest, loads, 'p50', { against }),
      measureOf(contest, loads, 'p99', { against }),
    ];
  });
}

/** So many times the requests per second is at least that; with the same CPU, at most the inverse per request. */
const boundOf = (form: 'least' | 'most', times: number) =>
  form === 'least' ? { least: times } : { most: 1 / times };

async function onCountry(
  world: World,
  keeping: Keeping,
  { say }: Run,
  work: (url: string, sides: Sides) => Promise<Measure[]>,
): Promise<Measure[]> {
  installRivals(say);
  return world.database('country', async (url) => {
    const reader = await prepareRivals(url);
    try {
      const [hub, postgraphile, raw] = [
        await startTogether(url, keeping),
        await startPostgraphile(reader),
        await startRaw(reader),
      ];
      return await work(url, { hub, PostGraphile: postgraphile, 'raw SQL': raw });
    } finally {
      await stopChildren();
    }
  });
}
