/**
 * Folds a label for matching: no accents, no case, no punctuation, single spaces.
 * « L'Haÿ-les-Roses » and `l hay les roses` fold to the same string. Same rule as SQL `directory.fold`.
 */
export function fold(label: string): string {
  return label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
