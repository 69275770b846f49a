import { type AskGraph, forEachOf, millionths } from './ask.ts';
import type { Cell, Duck } from './duck.ts';

interface Rate {
  rate: number | null;
  basis: string | null;
  byNetwork: { network: { id: string }; rate: number | null; publishing: number; expected: number }[];
}

const RATES = `query ($territory: ID!, $period: String!) {
  transparency(territory: $territory, period: $period) {
    rate basis byNetwork { network { id } rate publishing expected }
  }
}`;

const COMPLETENESS = `query ($network: ID!, $period: String!) {
  network(id: $network) { completeness(period: $period) { publishing expected } }
}`;

/** Fills `answered_transparency`: who publishes in these départements, network by network and together. */
export async function askTransparency(
  duck: Duck,
  ask: AskGraph,
  keys: readonly { territory_id: string; year: string }[],
): Promise<void> {
  const rows: Cell[][] = [];
  await forEachOf(keys, async ({ territory_id, year }) => {
    const { transparency } = await ask<{ transparency: Rate }>(RATES, {
      territory: territory_id,
      period: year,
    });
    if (transparency.basis === 'COMPUTED_UNWEIGHTED') {
      rows.push([territory_id, year, 'ALL', millionths(transparency.rate), null, null]);
    }
    for (const { network, rate, publishing, expected } of transparency.byNetwork) {
      rows.push([territory_id, year, network.id, millionths(rate), publishing, expected]);
    }
  });
  const columns = { territory_id: 'varchar', year: 'bigint', network_id: 'varchar', rate: 'hugeint' };
  await duck.fill('answered_transparency', { ...columns, publishing: 'bigint', expected: 'bigint' }, rows);
}

/** Fills `answered_completeness`: how many of the units of these networks published in a year. */
export async function askCompleteness(
  duck: Duck,
  ask: AskGraph,
  keys: readonly { network_id: string; year: string }[],
): Promise<void> {
  const rows: Cell[][] = [];
  await forEachOf(keys, async ({ network_id, year }) => {
    const { network } = await ask<{ network: { completeness: { publishing: number; expected: number } } }>(
      COMPLETENESS,
      { network: network_id, period: year },
    );
    rows.push([network_id, year, network.completeness.expected, network.completeness.publishing]);
  });
  const columns = { network_id: 'varchar', year: 'bigint', expected: 'bigint', publishing: 'bigint' };
  await duck.fill('answered_completeness', columns, rows);
}
