import { Big } from 'big.js';
import type { Decimal } from '../../../kernel/decimal.ts';
import { badInput } from '../../../kernel/errors.ts';
import { sentencesOf } from './sentences.ts';
import { isLong, syllablesIn, wordsOf } from './words.ts';

/** What is counted in a text. */
export interface TextCounts {
  sentences: number;
  words: number;
  syllables: number;
  /** Words of more than six letters. */
  longWords: number;
}

/** How easy a French text is to read; figures with two decimals, null for a text without words. */
export interface Readability extends TextCounts {
  /** Kandel & Moles; the higher the easier, 0 to 100 for nearly all texts. */
  score: Decimal | null;
  /** Björnsson's LIX; the lower the easier. */
  lix: Decimal | null;
  wordsPerSentence: Decimal | null;
  syllablesPerWord: Decimal | null;
  /** Per cent of the words. */
  longWordsPercent: Decimal | null;
}

/** Characters of the longest text that is measured. */
export const LONGEST_TEXT = 20_000;

/**
 * Measures a French text by published formulas: Flesch's reading ease as Kandel and Moles adapted it to French (1958),
 * 207 − 1.015 · words / sentences − 73.6 · syllables / words; and LIX (Björnsson, 1968),
 * words / sentences + 100 · long words / words.
 *
 * @throws HubError BAD_USER_INPUT for a text longer than `LONGEST_TEXT`
 */
export function readabilityOf(text: string): Readability {
  if (text.length > LONGEST_TEXT) {
    throw badInput(`"text" must have ${LONGEST_TEXT} characters at most, got ${text.length}.`);
  }
  return figuresOf(countsOf(text));
}

/** What the formulas ask for. */
export function countsOf(text: string): TextCounts {
  const sentences = sentencesOf(text);
  const words = sentences.flatMap(wordsOf);
  return {
    sentences: sentences.length,
    words: words.length,
    syllables: words.reduce((sum, word) => sum + syllablesIn(word), 0),
    longWords: words.filter(isLong).length,
  };
}

/** The figures of counts, each from one exact fraction. */
export function figuresOf(counts: TextCounts): Readability {
  const { sentences, words, syllables, longWords } = counts;
  if (words === 0) {
    const none = {
      score: null,
      lix: null,
      wordsPerSentence: null,
      syllablesPerWord: null,
      longWordsPercent: null,
    };
    return { ...counts, ...none };
  }
  // In whole thousandths: whole numbers of this size are exact.
  const flesch = 207_000 * sentences * words - 1015 * words * words - 73_600 * syllables * sentences;
  return {
    ...counts,
    score: quotient(flesch, 1000 * sentences * words),
    lix: quotient(words * words + 100 * longWords * sentences, sentences * words),
    wordsPerSentence: quotient(words, sentences),
    syllablesPerWord: quotient(syllables, words),
    longWordsPercent: quotient(100 * longWords, words),
  };
}

const Precise = Big();
Precise.DP = 30;

/** Of whole numbers, rounded once, half away from zero, to two decimals. */
const quotient = (above: number, below: number): Decimal =>
  new Precise(above).div(below).round(2, Big.roundHalfUp).toString();
