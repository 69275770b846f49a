import { type AskGraph, forEachOf, millionths } from './ask.ts';
import type { Cell, Duck } from './duck.ts';

interface Key {
  dimension: string;
  value: string | null;
}
interface Told {
  testimonyStats: { keys: Key[]; count: number }[];
  replyDelays: {
    keys: Key[];
    expected: number;
    answered: number;
    medianDays: number | null;
    p90Days: number | null;
  }[];
}

const TOLD = `query ($territory: ID!) {
  testimonyStats(filter: { territory: $territory }, groupBy: [NETWORK, FEELING]) { keys { dimension value } count }
  replyDelays(filter: { territory: $territory }, groupBy: [NETWORK]) {
    keys { dimension value } expected answered medianDays p90Days }
}`;

const tenths = (days: number | null): string | null => {
  const exact = millionths(days);
  return exact === null ? null : String(BigInt(exact) / 100_000n);
};
const keyOf = (keys: readonly Key[], dimension: string) =>
  keys.find((key) => key.dimension === dimension)?.value ?? null;

/** Fills `answered_told` and `answered_delay`: what users say, and when they get a reply, in these territories. */
export async function askVoices(duck: Duck, ask: AskGraph, territories: readonly string[]): Promise<void> {
  const told: Cell[][] = [];
  const delays: Cell[][] = [];
  await forEachOf(territories, async (territory) => {
    const { testimonyStats, replyDelays } = await ask<Told>(TOLD, { territory });
    for (const { keys, count } of testimonyStats) {
      told.push([territory, keyOf(keys, 'NETWORK'), keyOf(keys, 'FEELING'), count]);
    }
    for (const { keys, expected, answered, medianDays, p90Days } of replyDelays) {
      delays.push([
        territory,
        keyOf(keys, 'NETWORK'),
        expected,
        answered,
        tenths(medianDays),
        tenths(p90Days),
      ]);
    }
  });
  const key = { territory_id: 'varchar', network_id: 'varchar' };
  await duck.fill('answered_told', { ...key, feeling: 'varchar', testimonies: 'bigint' }, told);
  await duck.fill(
    'answered_delay',
    { ...key, expected: 'bigint', answered: 'bigint', median_tenths: 'bigint', p90_tenths: 'bigint' },
    delays,
  );
}

const STEPS = ['received', 'triaged', 'rewritten', 'tested', 'disseminated', 'declined'] as const;
const FUNNEL = `query ($network: ID!, $period: String!) {
  network(id: $network) { simplificationFunnel(period: $period) { ${STEPS.join(' ')} } }
}`;

interface Funnel {
  network: { simplificationFunnel: Record<(typeof STEPS)[number], number> };
}

/** Fills `answered_funnel`: how far the reports of each network and year got. */
export async function askFunnels(
  duck: Duck,
  ask: AskGraph,
  keys: readonly { network_id: string; year: string }[],
): Promise<void> {
  const rows: Cell[][] = [];
  await forEachOf(keys, async ({ network_id, year }) => {
    const { network } = await ask<Funnel>(FUNNEL, { network: network_id, period: year });
    rows.push([network_id, year, ...STEPS.map((step) => network.simplificationFunnel[step])]);
  });
  await duck.fill(
    'answered_funnel',
    { network_id: 'varchar', year: 'bigint', ...Object.fromEntries(STEPS.map((step) => [step, 'bigint'])) },
    rows,
  );
}
