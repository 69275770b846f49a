import { syllablesOf } from './syllables.ts';

/**
 * Words of a sentence, as Flesch counts them: what stands between blanks. « l'aide », « rendez-vous », « a-t-il »,
 * « 1 234,50 », an address on the web are one word each; punctuation and symbols alone are none.
 */
export function wordsOf(sentence: string): string[] {
  return sentence
    .replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, '')
    .split(/[\s\u00a0\u202f]+/)
    .map((token) => /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u.exec(token)?.[0] ?? '')
    .filter((token) => token !== '');
}

/** Syllables of a word; what is no text (figures, addresses) counts as one, however it is read aloud. */
export function syllablesIn(word: string): number {
  const known = KNOWN.get(word);
  if (known !== undefined) return known;
  const count = countIn(word);
  if (KNOWN.size < MOST_KNOWN && word.length <= LONGEST_KNOWN) KNOWN.set(word, count);
  return count;
}

/** Words come again and again: those met first are not spelled out twice. */
const KNOWN = new Map<string, number>();
const MOST_KNOWN = 20_000;
const LONGEST_KNOWN = 40;

function countIn(word: string): number {
  if (!isText(word)) return 1;
  const sum = partsOf(word).reduce((total, { part, elided }) => total + syllablesOfPart(part, elided), 0);
  return Math.max(sum, 1);
}

/** Whether a word is long for the LIX: more than six letters in one of the parts that apostrophes and hyphens make. */
export const isLong = (word: string): boolean =>
  isText(word) && partsOf(word).some(({ part }) => part.length > 6);

/** No figures, no address. */
const isText = (word: string) => !/[\d@]|:\/\/|\p{L}\.\p{L}{2}/u.test(word);

interface Part {
  part: string;
  /** Whether an apostrophe took its last vowel. */
  elided: boolean;
}

/** « jusqu'au » is jusqu' and au; « aujourd'hui » is one word and spoken like two. */
function partsOf(word: string): Part[] {
  return word
    .normalize('NFC')
    .split(/(?<=['’])|[-‐‑/().]+/u)
    .map((piece) => ({ part: piece.replace(/[^\p{L}]/gu, ''), elided: /['’]$/.test(piece) }))
    .filter(({ part }) => part !== '');
}

function syllablesOfPart(part: string, elided: boolean): number {
  // « l' », « qu' », and the t of « a-t-il », are spoken with what follows; « jusqu' » has one of its own.
  const spoken = elided ? part.replace(/qu$/i, 'q') : part;
  const alone = spoken.length === 1 || !/[aeiouyàâäéèêëîïôöùûü]/i.test(spoken);
  return alone && (elided || spoken === 't') ? 0 : syllablesOf(spoken);
}
