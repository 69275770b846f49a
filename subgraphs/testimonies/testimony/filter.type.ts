import { badInput } from '../../../kernel/errors.ts';
import { cleanText, fold } from '../../../kernel/text.ts';
import { builder } from '../builder.ts';
import { FeelingEnum, PostedAsEnum } from './enums.type.ts';
import type { TestimonyFilter } from './filter.ts';

export const TestimonyFilterInput = builder.inputType('TestimonyFilter', {
  description: 'Restricts a selection of testimonies; every condition given must hold.',
  fields: (t) => ({
    search: t.string({
      description:
        'Words that the title or the text holds, all of them, in another form (singular, feminine, conjugated) or as the beginning of a word; accents and case do not matter.',
    }),
    network: t.id({ description: 'A structure of this network is concerned.' }),
    structure: t.id({ description: 'This structure, or one below it, is concerned.' }),
    site: t.id({ description: 'This site is concerned.' }),
    territory: t.id({ description: 'Territory of the structure or site concerned.' }),
    userTerritory: t.id({ description: 'Département or région where the user lives.' }),
    feelings: t.field({ type: [FeelingEnum], description: 'The feeling is one of these.' }),
    postedAs: t.field({ type: [PostedAsEnum], description: 'The author wrote as one of these.' }),
    tags: t.idList({ description: 'It bears one of these tags.' }),
    channels: t.stringList({ description: 'The user went through one of these channels.' }),
    procedure: t.id({
      description:
        'It is about this procedure; where none was recognised, the words of the user stand for its id.',
    }),
    answered: t.boolean({ description: 'Whether at least one structure concerned has replied.' }),
    actionEngaged: t.boolean({ description: 'Whether an action was engaged.' }),
    publishedFrom: t.field({ type: 'Date', description: 'Published on that day or later.' }),
    publishedTo: t.field({ type: 'Date', description: 'Published on that day or before.' }),
    writtenFrom: t.field({ type: 'Date', description: 'Written on that day or later.' }),
    writtenTo: t.field({ type: 'Date', description: 'Written on that day or before.' }),
  }),
});

/** Longer searches are no search. */
const LONGEST_SEARCH = 200;

/** The filter as it was sent, once its texts were checked; no filter is one that restricts nothing. */
export function readFilter(filter: TestimonyFilter | null | undefined): TestimonyFilter {
  if (!filter) return {};
  for (const [name, value] of Object.entries(filter)) {
    for (const text of [value].flat()) if (typeof text === 'string') cleanText(text, name);
  }
  if (typeof filter.search === 'string') readSearch(filter.search);
  return filter;
}

/** A search as it was sent; BAD_USER_INPUT when there is no word in it, or far too many. */
export function readSearch(search: string): string {
  if (search.length > LONGEST_SEARCH || fold(search) === '') {
    throw badInput(`"search" needs at least one word, and ${LONGEST_SEARCH} characters at most.`);
  }
  return cleanText(search, 'search');
}
