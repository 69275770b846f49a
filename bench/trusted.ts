import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compete, measureOf } from './contest.ts';
import type { Measure } from './figures.ts';
import { startTogether } from './hubs.ts';
import type { Request } from './load.ts';
import { stopChildren } from './processes.ts';
import { pages } from './requests.ts';
import { startBytes } from './rivals.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

const DOCUMENT = 'SiteBoard';
/** Sites that are asked for over and over. */
const SITES = 50;

const GOAL = { must: 0.7, aim: 0.9 };

/** An answer as a server that does nothing else would keep it. */
export interface Kept {
  headers: Record<string, string>;
  body: string;
}

/** Part trusted: a trusted document by GET, already asked for, against bare fastify that serves the same bytes. */
export function benchTrusted(world: World, { pace, say }: Run): Promise<Measure[]> {
  return world.database('started', async (url) => {
    try {
      const hub = await startTogether(url, 'kept');
      const page = (await pages(url)).find(({ name }) => name === DOCUMENT);
      if (!page) throw new Error(`There is no page ${DOCUMENT}.`);
      const text = readFileSync(new URL(`../schema/operations/${DOCUMENT}.graphql`, import.meta.url));
      const hash = createHash('sha256').update(text).digest('hex');
      const whole: Request[] = [];
      const known: Request[] = [];
      const kept: Record<string, Kept> = {};
      for (const variables of page.variables.slice(0, SITES)) {
        const path = `/q/${hash}?${new URLSearchParams({ variables: JSON.stringify(variables) })}`;
        const response = await fetch(`${hub.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        const etag = response.headers.get('etag') ?? '';
        kept[path] = { headers: Object.fromEntries(response.headers), body: await response.text() };
        whole.push({ method: 'GET', path });
        known.push({ method: 'GET', path, headers: { 'if-none-match': etag } });
      }
      const file = join(world.folder, 'kept.json');
      writeFileSync(file, JSON.stringify(kept));
      const bytes = await startBytes(file);
      const measures: Measure[] = [];
      for (const [what, requests, status] of [
        ['known by its tag (304)', known, '304'],
        ['whole answer (200)', whole, '200'],
      ] as const) {
        const contest = {
          part: 'trusted' as const,
          what: `${DOCUMENT} by GET, warm, ${what}`,
          sides: [
            { hub, requests },
            { hub: bytes, requests },
          ],
          expected: (each: string) => each === status,
        };
        const loads = await compete(contest, url, pace);
        const bound = (times: number) => ({ least: times });
        measures.push(
          measureOf(
            contest,
            loads,
            'perSecond',
            { against: 1 },
            { must: bound(GOAL.must), aim: bound(GOAL.aim) },
          ),
          measureOf(
            contest,
            loads,
            'all',
            { against: 1 },
            { must: { most: 1 / GOAL.must }, aim: { most: 1 / GOAL.aim } },
          ),
          measureOf(contest, loads, 'p50', { against: 1 }),
        );
        say(`trusted: ${what}`);
      }
      return measures;
    } finally {
      await stopChildren();
    }
  });
}
