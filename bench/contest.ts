import type { Bound, Measure } from './figures.ts';
import type { Hub } from './hubs.ts';
import { type Load, load, type Request } from './load.ts';
import type { Part } from './options.ts';

/** How long one measure lasts, in seconds, and the load before the first one. */
export interface Pace {
  rounds: number;
  seconds: number;
  warmUp: number;
}

/**
 * Requests after which a side is warm: its code is compiled, and each connection has kept the plans of its statements,
 * which PostgreSQL makes anew five times. On a busy machine that takes several turns, which end some time.
 */
const WARM = 600;
const MOST_TURNS = 15;

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
  meanwhile?: (() => { stop(): Promise<void> }) | undefined;
}

/** Loads every side in each round, whoever began a round beginning the next one last. */
export async function compete(
  { what, sides, expected, meanwhile }: Contest,
  databaseUrl: string,
  { rounds, seconds, warmUp }: Pace,
): Promise<Load[][]> {
  const run = async ({ hub, requests }: Side, duration: number) => {
    const other = meanwhile?.();
    try {
      return await load(hub, what, requests, databaseUrl, duration, expected);
    } finally {
      await other?.stop();
    }
  };
  for (const side of sides) {
    for (let asked = 0, turn = 0; asked < WARM && turn < MOST_TURNS; turn += 1)
      asked += (await run(side, warmUp)).requests;
  }
  const loads: Load[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const order = sides.map((_side, index) => (index + round) % sides.length);
    for (const index of order) {
      const side = sides[index];
      if (side) loads[index]?.push(await run(side, seconds));
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

/** One measure of a contest, of one side against another, and what its ratio must be and aims at. */
export function measureOf(
  { part, what, sides }: Contest,
  loads: readonly Load[][],
  value: keyof typeof VALUES,
  { of = 0, against }: { of?: number; against: number },
  target: { must?: Bound; aim?: Bound } = {},
): Measure {
  const { unit, of: valueOf } = VALUES[value];
  const side = (at: number) => ({ name: sides[at]?.hub.name ?? '', rounds: (loads[at] ?? []).map(valueOf) });
  return { part, what, unit, hub: side(of), against: side(against), ...target };
}
