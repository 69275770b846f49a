import { Big } from 'big.js';

/**
 * Decimals travel as strings ("78.5", as PostgreSQL `numeric` gives them) and become a JSON number only at
 * the border of the graph: no figure is ever computed in binary floating point.
 */
export type Decimal = string;

/** `a - b`, exact. */
export const subtract = (a: Decimal, b: Decimal): Decimal => new Big(a).minus(b).toString();

/** `a / b`, rounded half away from zero to six decimals, as computed figures are; `b` is not 0. */
export const divide = (a: Decimal, b: Decimal): Decimal =>
  new Big(a).div(b).round(6, Big.roundHalfUp).toString();

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a === b) return 0;
  // The nearest binary numbers stand in the same order, or are the same.
  return Math.sign(Number(a) - Number(b)) || new Big(a).cmp(b);
}

/** The JSON number that prints as this decimal; null stays null. */
export function toNumber(value: Decimal): number;
export function toNumber(value: Decimal | null): number | null;
export function toNumber(value: Decimal | null): number | null {
  return value === null ? null : Number(value);
}

/**
 * `part` of `whole` as a share, 0 to 1, for the border of the graph. `whole` is not 0.
 * @param decimals four, as every share of the hub that is not said to be finer; twenty at most
 */
export const shareOf = (part: number, whole: number, decimals = 4): number =>
  new Big(part).div(whole).round(decimals, Big.roundHalfUp).toNumber();

/** `shareOf`, or null where one of the two is not known or the whole is nothing. */
export const shareOrNull = (part: number | null, whole: number | null, decimals = 4): number | null =>
  part === null || whole === null || whole === 0 ? null : shareOf(part, whole, decimals);
