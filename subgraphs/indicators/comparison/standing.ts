import { compareDecimals, type Decimal, subtract } from '../../../kernel/decimal.ts';
import type { Direction } from '../tables.ts';
import type { SpreadRow } from './spread.query.ts';

/** Rank 1 is the best; units of equal value share a rank and the next one is skipped. */
export interface Standing {
  rank: number;
  of: number;
}

/** A value among those of a group. */
type Placed = Pick<SpreadRow, 'units' | 'units_up_to' | 'units_below' | 'has_published_extremes'>;

/** The rank of a value among the units of its network; null when the hub does not know every unit's value. */
export function standingOf(spread: Placed | null, direction: Direction): Standing | null {
  if (spread === null || spread.has_published_extremes) return null;
  const { units, units_up_to, units_below } = spread;
  if (units === null || units_up_to === null || units_below === null) return null;
  return { rank: direction === 'HIGHER_IS_BETTER' ? units - units_up_to + 1 : units_below + 1, of: units };
}

/** The median that the source published; else that of the units, when the hub knows them all. */
export function medianOf(spread: SpreadRow | null): Decimal | null {
  if (spread === null) return null;
  return spread.published_median ?? (spread.has_published_extremes ? null : spread.median);
}

/** `local - other`, exact, in the unit of the figures; null when one is missing or withheld. */
export function gapBetween(
  local: { value: Decimal | null } | null,
  other: { value: Decimal | null } | null,
): Decimal | null {
  if (!local || !other || local.value === null || other.value === null) return null;
  return subtract(local.value, other.value);
}

/** Whether the local value is strictly better; null when one is missing or withheld. */
export function isBetter(
  local: { value: Decimal | null } | null,
  other: { value: Decimal | null } | null,
  direction: Direction,
): boolean | null {
  if (!local || !other || local.value === null || other.value === null) return null;
  const order = compareDecimals(local.value, other.value);
  return direction === 'HIGHER_IS_BETTER' ? order > 0 : order < 0;
}
