import { Big } from 'big.js';
import { fold } from '../../../kernel/text.ts';

/**
 * How close a reply is to the draft of an AI, 0 to 100 percent with two decimals, rounded half up.
 *
 *     100 × (1 − d / n)
 *
 * d is the edit distance of Levenshtein over words (how many words were put in, taken out or replaced at least:
 * V. I. Levenshtein, « Binary codes capable of correcting deletions, insertions, and reversals », 1966), n the number
 * of words of the longer text. Case, accents, punctuation and line breaks do not count. The platform publishes a
 * percentage and does not say how it comes to it: this formula is the hub's own.
 *
 * @returns the decimal, as PostgreSQL `numeric(5, 2)` takes it
 */
export function similarity(reply: string, aiDraft: string): string {
  const [left, right] = [wordsOf(reply), wordsOf(aiDraft)];
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return '100.00';
  const kept = longer - distance(left, right);
  return new Big(100).times(kept).div(longer).round(2, Big.roundHalfUp).toFixed(2);
}

const wordsOf = (text: string): string[] => {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
};

/** Levenshtein's distance between two lists of words, row by row. */
function distance(left: readonly string[], right: readonly string[]): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, word] of left.entries()) {
    const current = [row + 1];
    for (const [column, other] of right.entries()) {
      const replaced = (above[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}
