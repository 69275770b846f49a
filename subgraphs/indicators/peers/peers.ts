import { type Decimal, subtract } from '../../../kernel/decimal.ts';
import type { Density } from '../../../kernel/surroundings.ts';
import { groupOf } from '../comparison/group.ts';
import { type Standing, standingOf } from '../comparison/standing.ts';
import type { IndicatorsContext } from '../context.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import { definitionAt } from '../figure/figure.type.ts';
import type { Volume } from './tables.ts';

export const CRITERIA = ['NETWORK', 'DENSITY', 'VOLUME'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** A unit among its peers. */
export interface Peers {
  /** What its peers share with it. */
  criteria: Criterion[];
  density: Density | null;
  volume: Volume | null;
  standing: Standing | null;
  median: Decimal;
  lowest: Decimal;
  highest: Decimal;
  gapToMedian: Decimal;
}

/**
 * A unit among its peers.
 * @param unit result of a unit of its network, or the figure of a territory that is one
 * @returns null when its value is withheld, and when the hub does not know every unit
 */
export async function peersOfUnit(
  unit: FigureRow,
  loaders: IndicatorsContext['loaders'],
): Promise<Peers | null> {
  const { value, subject_id: subject, respondents, denominator } = unit;
  if (value === null || subject === null) return null;
  const [row, { direction }] = await Promise.all([
    loaders.peers.load({ ...groupOf(unit), subject, value, respondents, denominator }),
    definitionAt(unit, loaders),
  ]);
  if (row === null || row.has_published_extremes) return null;
  const shared = { NETWORK: true, DENSITY: row.same_density, VOLUME: row.same_volume };
  return {
    criteria: CRITERIA.filter((criterion) => shared[criterion]),
    density: row.density,
    volume: row.volume,
    standing: standingOf(row, direction),
    median: row.median,
    lowest: row.lowest,
    highest: row.highest,
    gapToMedian: subtract(value, row.median),
  };
}
