import { Big } from 'big.js';

/**
 * Decimals travel as strings ("78.5", as PostgreSQL `numeric` gives them) and become a JSON number only at
 * the border of the graph: no figure is ever computed in binary floating point.
 */
export type Decimal = string;

/** `a - b`, exact. */
export const subtract = (a: Decimal, b: Decimal): Decimal => new Big(a).minus(b).toString();

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export const compareDecimals = (a: Decimal, b: Decimal): number => new Big(a).cmp(b);

/** The JSON number that prints as this decimal; null stays null. */
export function toNumber(value: Decimal): number;
export function toNumber(value: Decimal | null): number | null;
export function toNumber(value: Decimal | null): number | null {
  return value === null ? null : new Big(value).toNumber();
}
