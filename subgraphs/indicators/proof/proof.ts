import { type ProofKey, placeKind } from '../../../kernel/proof.ts';
import { type Comparison, comparisonsOf } from '../comparison/comparison.ts';
import type { IndicatorsContext } from '../context.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import { type Optional, optionalPeriod } from '../input.ts';

type Loaders = IndicatorsContext['loaders'];

/**
 * The figures of the scope of a proof, of the indicators that prove its commitment. All lines of a scorecard read
 * the figures of their scope once.
 *
 * @param period as in `Territory.figures` for a territory, as in `Site.comparisons` for a structure or a site
 */
export async function figuresOfProof(
  key: ProofKey,
  period: Optional<string>,
  loaders: Loaders,
): Promise<FigureRow[]> {
  if (placeKind(key.place) === 'TERRITORY') {
    const asked = { indicators: null, network: key.network, period: optionalPeriod(period) };
    const figures = loaders.figuresOfTerritory(asked).load(key.place);
    return proving(key, await figures, (figure) => figure.indicator_id, loaders);
  }
  const comparisons = (await comparisonsOfProof(key, period, loaders)) ?? [];
  return comparisons.flatMap(({ local }) => (local ? [local] : []));
}

/** The comparisons of a structure or a site, of the indicators that prove the commitment; null of a territory. */
export async function comparisonsOfProof(
  key: ProofKey,
  period: Optional<string>,
  loaders: Loaders,
): Promise<Comparison[] | null> {
  if (placeKind(key.place) === 'TERRITORY') return null;
  const asked = { indicator: null, family: null, period: optionalPeriod(period) };
  const comparisons = await comparisonsOf(loaders, key.place, asked);
  return proving(key, comparisons, ({ base }) => base.indicator_id, loaders);
}

async function proving<T>(
  { commitment }: ProofKey,
  rows: readonly T[],
  indicatorOf: (row: T) => string,
  { proves }: Loaders,
): Promise<T[]> {
  const indicators = new Set((await proves.load(commitment)).map((row) => row.indicator_id));
  return rows.filter((row) => indicators.has(indicatorOf(row)));
}
