import type { Bound, Measure } from './figures.ts';
import type { Hub } from './hubs.ts';
import { type Load, load, type Request } from './load.ts';
import type { Part } from './options.ts';

/** Seconds of one measure, and of the load before the first one. */
const SECONDS = 4;
const WARM_UP = 2;

/** Somebody who answers, and what is asked of them. */
export interface Side {
  hub: Hub;
  requests: readonly Request[];
}

/** One thing that all sides do. */
export interface Contest {
  part: Part;
  what: string;
  /** The hub first. */
  sides: readonly Side[];
  /** Which answers count; 200 when omitted. */
  expected?: (status: string) => boolean;
  /** Something that goes on during each measure; ends when told. */
  meanwhile?: () => { stop(): Promise<void> };
}

/** Loads every side in each round, whoever began a round beginning the next one last. */
export async function compete(
  { what, sides, expected, meanwhile }: Contest,
  databaseUrl: string,
  rounds: number,
): Promise<Load[][]> {
  const run = async ({ hub, requests }: Side, seconds: number) => {
    const other = meanwhile?.();
    try {
      return await load(hub, what, requests, databaseUrl, seconds, expected);
    } finally {
      await other?.stop();
    }
  };
  for (const side of sides) await run(side, WARM_UP);
  const loads: Load[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const order = sides.map((_side, index) => (index + round) % sides.length);
    for (const index of order) {
      const side = sides[index];
      if (side) loads[index]?.push(await run(side, SECONDS));
    }
  }
  return loads;
}

/** What is measured of a load. */
export const VALUES = {
  all: { unit: 'CPU ms/request, PostgreSQL included', of: (load: Load) => load.cpuMs + load.databaseCpuMs },
  cpu: { unit: 'CPU ms/request', of: ({ cpuMs }: Load) => cpuMs },
  database: { unit: 'CPU ms/request of PostgreSQL', of: (load: Load) => load.databaseCpuMs },
  perSecond: { unit: 'requests/s', of: ({ perSecond }: Load) => perSecond },
  p50: { unit: 'ms, median latency', of: ({ p50 }: Load) => p50 },
  p99: { unit: 'ms, 99th percentile', of: ({ p99 }: Load) => p99 },
} as const;

/** One measure of a contest: the hub against the side at `index`, and what its ratio must be and aims at. */
export function measureOf(
  { part, what, sides }: Contest,
  loads: readonly Load[][],
  index: number,
  value: keyof typeof VALUES,
  target: { must?: Bound; aim?: Bound } = {},
): Measure {
  const { unit, of } = VALUES[value];
  const side = (at: number) => ({ name: sides[at]?.hub.name ?? '', rounds: (loads[at] ?? []).map(of) });
  return { part, what, unit, hub: side(0), against: side(index), ...target };
}
