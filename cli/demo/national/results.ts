import type { BundledFile } from '../../bundled-file.ts';
import { demoFile, resultRows } from '../files.ts';
import { type DemoUnit, demoResults } from '../results.ts';
import type { NationalNetwork } from './catalogue.ts';

/** Results in a file, about: what is staged and rolled up at once. */
const ROWS = 250_000;

/** A network with who publishes for it. */
export interface Publishing {
  network: NationalNetwork;
  units: readonly DemoUnit[];
}

interface Lot extends Publishing {
  year: number;
}

/** The results in files of about the same size, network by network and year by year. */
export function resultFiles(
  publishing: readonly Publishing[],
  years: readonly number[],
  name: string,
): BundledFile[] {
  const files: Lot[][] = [];
  let rows = ROWS;
  for (const one of publishing) {
    for (const year of years) {
      if (rows >= ROWS) {
        files.push([]);
        rows = 0;
      }
      files.at(-1)?.push({ ...one, year });
      rows += one.units.length * one.network.indicators.length;
    }
  }
  return files.map((lots, rank) =>
    demoFile('network-results', `${name}resultats-${String(rank + 1).padStart(3, '0')}.csv`, rowsOf(lots)),
  );
}

function* rowsOf(lots: readonly Lot[]) {
  for (const { network, units, year } of lots) yield* resultRows(demoResults(network, units, [year]));
}
