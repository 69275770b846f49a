import type { QueryExecutorProvider, RawBuilder } from 'kysely';
import { storeSettingFigures } from '../equality/store.ts';
import { storePeers } from '../peers/store.ts';
import { addUpCells } from './cells.ts';
import { countCoverage } from './coverage.ts';
import { makeFigures, storeFigures } from './figures.ts';
import { findLonger } from './longer-periods.ts';
import { collectParts } from './parts.ts';
import type { Pending } from './pending.ts';
import { countGoodScores, withholdScores } from './procedures.ts';
import { flagResults, withhold } from './suppression.ts';
import { closeTouched, openTouched } from './touched.ts';
import { rateTransparency } from './transparency.ts';

/**
 * Recomputes everything derived from the current results of some groups: figures, spreads, transparency, and
 * what is withheld; and of longer periods that hold them, where something is withheld. Runs in the transaction that
 * publishes, which holds the publication lock.
 * @param groups query of network_id, indicator_id, definition_version, period_grain, period_start, period_end;
 *   a group that has no result any more loses its figures
 * @param pending results of these groups that are about to be published
 */
export async function rollUp(
  trx: QueryExecutorProvider,
  groups: RawBuilder<unknown>,
  pending: Pending | null = null,
): Promise<void> {
  await openTouched(trx, groups);
  await derive(trx, pending);
  const longer = await findLonger(trx);
  await closeTouched(trx);
  for (const holding of longer) {
    await openTouched(trx, holding);
    await derive(trx, null);
    await closeTouched(trx);
  }
}

async function derive(trx: QueryExecutorProvider, pending: Pending | null): Promise<void> {
  await collectParts(trx, pending);
  await countCoverage(trx);
  await addUpCells(trx);
  await makeFigures(trx);
  const isLonger = await withhold(trx);
  await storePeers(trx, async () => pending?.store());
  await flagResults(trx);
  await withholdScores(trx, isLonger);
  await countGoodScores(trx);
  await storeFigures(trx);
  await storeSettingFigures(trx, isLonger);
  await rateTransparency(trx);
}
