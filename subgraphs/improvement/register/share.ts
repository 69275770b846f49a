import { Big } from 'big.js';
import { toNumber } from '../../../kernel/decimal.ts';

/** Part of a whole as a share, 0 to 1, exact to twenty digits; null where one of the two is not known. */
export const shareOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : toNumber(new Big(part).div(whole).toString());
