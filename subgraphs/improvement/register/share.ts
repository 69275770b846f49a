import { shareOrNull } from '../../../kernel/decimal.ts';

/** Part of a whole as a share, 0 to 1, unrounded: to twenty digits; null where one of the two is not known. */
export const shareOf = (part: number | null, whole: number | null): number | null =>
  shareOrNull(part, whole, 20);
