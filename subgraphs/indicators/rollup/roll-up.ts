import type { QueryExecutorProvider, RawBuilder } from 'kysely';
import { addUpCells } from './cells.ts';
import { countCoverage } from './coverage.ts';
import { makeFigures, storeFigures } from './figures.ts';
import { collectParts } from './parts.ts';
import { storeSpreads } from './spread.ts';
import { flagResults, withhold } from './suppression.ts';
import { closeTouched, openTouched } from './touched.ts';
import { rateTransparency } from './transparency.ts';

/**
 * Recomputes everything derived from the current results of some groups: figures, spreads, transparency, and
 * what is withheld. Runs in the transaction that publishes, which holds the publication lock.
 * @param groups query of network_id, indicator_id, definition_version, period_grain, period_start, period_end;
 *   a group that has no result any more loses its figures
 */
export async function rollUp(trx: QueryExecutorProvider, groups: RawBuilder<unknown>): Promise<void> {
  await openTouched(trx, groups);
  await collectParts(trx);
  await countCoverage(trx);
  await addUpCells(trx);
  await makeFigures(trx);
  await withhold(trx);
  await flagResults(trx);
  await storeFigures(trx);
  await storeSpreads(trx);
  await rateTransparency(trx);
  await closeTouched(trx);
}
