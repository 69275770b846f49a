import { Big } from 'big.js';
import type { Decimal } from '../../../kernel/decimal.ts';

/** `part` of `whole`, 0 to 1 with four decimals, which is not 0. */
export function shareOf(part: number, whole: number): Decimal {
  return new Precise(part).div(whole).round(4, Big.roundHalfUp).toString();
}

const Precise = Big();
Precise.DP = 30;
