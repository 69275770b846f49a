import { fold } from '../../../kernel/text.ts';

/** A piece of a text, and whether it is a word that a search looks for. */
export interface Fragment {
  text: string;
  matched: boolean;
}

/** Words as they are written, in their order. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The different words of texts that a search may look for: those that begin with a letter of one of its words. */
export function wordsToTry(search: string, texts: readonly string[]): string[] {
  const initials = new Set(
    fold(search)
      .split(' ')
      .map((word) => word.charAt(0)),
  );
  // Neither stems nor prefixes change the first letter. Beyond ASCII the database folds more than we do.
  const plain = [...initials].every((letter) => ASCII.test(letter));
  const words = new Set(texts.flatMap((text) => text.match(WORD) ?? []));
  return [...words].filter((word) => {
    const initial = fold(word).charAt(0);
    return !plain || initials.has(initial) || !ASCII.test(initial);
  });
}

const ASCII = /^[a-z0-9]$/;

/** The whole text in fragments: put together they are the text. */
export function fragmentsOf(text: string, found: ReadonlySet<string>): Fragment[] {
  const fragments: Fragment[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!found.has(word)) continue;
    if (index > end) fragments.push({ text: text.slice(end, index), matched: false });
    fragments.push({ text: word, matched: true });
    end = index + word.length;
  }
  if (end < text.length || fragments.length === 0) fragments.push({ text: text.slice(end), matched: false });
  return fragments;
}

/** Characters of an extract, and how many of them at most before the first word found. */
const LENGTH = 240;
const BEFORE = 60;

/**
 * The piece of a text with the most words found, the first of several such, cut between words; « … » stands for what
 * is left out. Its beginning when nothing is found in it.
 */
export function extractOf(text: string, found: ReadonlySet<string>): Fragment[] {
  if (text.length <= LENGTH) return fragmentsOf(text, found);
  const matches = [...text.matchAll(WORD)].filter(({ 0: word }) => found.has(word));
  let best = { from: 0, count: 0 };
  for (const { index: from } of matches) {
    const until = from + LENGTH - BEFORE;
    const count = matches.filter(
      ({ 0: word, index }) => index >= from && index + word.length <= until,
    ).length;
    if (count > best.count) best = { from, count };
  }
  const start = wordFrom(text, Math.max(0, best.from - BEFORE));
  const end = wordUntil(text, Math.min(text.length, start + LENGTH));
  const piece = `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
  return fragmentsOf(piece, found);
}

/** The first place from `at` on where a word begins after a blank. */
function wordFrom(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at).search(/\s\S/u);
  return blank < 0 || blank > BEFORE ? at : at + blank + 1;
}

/** The last place up to `at` where a word has ended. */
function wordUntil(text: string, at: number): number {
  if (at === text.length) return at;
  const whole = text.slice(0, at + 1).replace(/\s+\S*$/u, '');
  return whole.length > at - BEFORE ? whole.length : at;
}
