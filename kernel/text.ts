import { badInput } from './errors.ts';

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

/** NUL, and the characters that reorder what a reader sees (Unicode's bidirectional controls). */
const NOT_TEXT = /[\u0000\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a string is fit for a database and a screen: no NUL, no half of a surrogate pair, no bidirectional control. */
export const fitText = (value: string): boolean => value.isWellFormed() && !NOT_TEXT.test(value);

/**
 * A string that a caller sent, unchanged when it is fit for a database and a screen. Everything else in it,
 * `%`, `_`, quotes or backslashes, is data.
 *
 * @param name the argument, for the message.
 * @throws BAD_USER_INPUT for NUL, half of a surrogate pair, or a bidirectional control.
 */
export function cleanText(value: string, name: string): string {
  if (!fitText(value)) {
    throw badInput(`"${name}" holds characters that are not text.`);
  }
  return value;
}
