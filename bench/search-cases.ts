import { numbers, wordOf } from '../cli/demo/voices/words.ts';

/** Searches of one kind, with words of their own. */
export interface SearchCase {
  name: string;
  filters: readonly object[];
}

/** Searches of each kind. */
const EACH = 40;

/** Ranks of words: the most frequent is in four testimonies of ten, the last in one of ten thousand. */
const COMMON = [0, 40] as const;
const MIDDLE = [80, 1500] as const;
const RARE = [5000, 50_000] as const;

/** The kinds of searches, always the same ones. */
export function searchCases(): SearchCase[] {
  const next = numbers(1);
  const word = ([from, to]: readonly [number, number]) => wordOf(from + Math.floor(next() * (to - from)));
  const words = (...ranks: (readonly [number, number])[]) => ranks.map(word).join(' ');
  const kind = (name: string, filter: () => object): SearchCase => ({
    name,
    filters: Array.from({ length: EACH }, filter),
  });
  const FILTERS = {
    network: { network: 'NET-caf' },
    département: { territory: 'DEP-62' },
    feeling: { feelings: ['NEGATIVE'] },
    'a year': { publishedFrom: '2023-01-01', publishedTo: '2023-12-31' },
    'structure and below': { structure: 'STR-bench-caf' },
  };
  return [
    kind('common word', () => ({ search: word(COMMON) })),
    kind('middling word', () => ({ search: word(MIDDLE) })),
    kind('rare word', () => ({ search: word(RARE) })),
    kind('beginning of a word', () => ({ search: word(MIDDLE).slice(0, 4) })),
    kind('two common words', () => ({ search: words(COMMON, COMMON) })),
    kind('two middling words', () => ({ search: words(MIDDLE, MIDDLE) })),
    kind('common and rare word', () => ({ search: words(COMMON, RARE) })),
    ...Object.entries(FILTERS).flatMap(([name, filter]) => [
      kind(`common word, ${name}`, () => ({ search: word(COMMON), ...filter })),
      kind(`two words, ${name}`, () => ({ search: words(COMMON, MIDDLE), ...filter })),
    ]),
    ...Object.entries({ everything: {}, ...FILTERS }).map(([name, filter]) => ({
      name: `no word, ${name}`,
      filters: [filter, filter, filter],
    })),
  ];
}
