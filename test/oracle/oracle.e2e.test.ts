import { afterAll, expect, test } from 'vitest';
import { startHub } from '../kit/hub.ts';
import { nationalDatabase } from '../kit/national.ts';
import { graphAt } from './ask.ts';
import type { Comparison } from './compare.ts';
import { openOracle } from './oracle.ts';

const database = await nationalDatabase();
const hub = await startHub(database.url);
const ask = graphAt(hub.url);
const oracle = await openOracle(database.url, () => undefined);
afterAll(() => oracle.close());

/** Compared something, and found it right. */
function agrees(comparisons: readonly Comparison[], least: number): void {
  for (const { what, compared, differences, samples } of comparisons) {
    expect({ what, differences, samples }).toEqual({ what, differences: 0, samples: [] });
    expect(compared, what).toBeGreaterThanOrEqual(least);
  }
}

test('every figure of every level', { timeout: 300_000 }, async () => {
  agrees(await oracle.figures(ask), 10_000);
});

test('what is withheld, and figures by typology', async () => {
  agrees(await oracle.withheld(), 1000);
});

test('every unit with its rank, and every spread', { timeout: 300_000 }, async () => {
  agrees(await oracle.units(ask), 300);
});

test('who publishes, in each département and network', { timeout: 300_000 }, async () => {
  agrees(await oracle.networks(ask), 30);
});

test('what users say, replies and reports, territory by territory', { timeout: 300_000 }, async () => {
  agrees(await oracle.voices(ask), 30);
});
