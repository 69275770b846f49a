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

/** Levenshtein's distance between two lists of words, row by row, over numbers: the longest texts have 5 000 words. */
function distance(left: readonly string[], right: readonly string[]): number {
  const numbers = new Map<string, number>();
  const [rows, columns] = [left, right].map((words) =>
    Uint16Array.from(
      words,
      (word) => numbers.get(word) ?? (numbers.set(word, numbers.size), numbers.size - 1),
    ),
  ) as [Uint16Array, Uint16Array];
  const above = Uint16Array.from({ length: columns.length + 1 }, (_, index) => index);
  for (let row = 0; row < rows.length; row += 1) {
    let [corner, before] = [row, row + 1];
    above[0] = before;
    for (let column = 0; column < columns.length; column += 1) {
      const over = above[column + 1] as number;
      before = Math.min(corner + (rows[row] === columns[column] ? 0 : 1), over + 1, before + 1);
      corner = over;
      above[column + 1] = before;
    }
  }
  return above[columns.length] as number;
}
