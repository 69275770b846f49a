import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import { LONGEST_TEXT, type Readability, readabilityOf } from './readability.ts';

export const ReadabilityType = builder.objectRef<Readability>('Readability').implement({
  description: 'How easy a French text is to read: what was counted in it, and two published formulas.',
  fields: (t) => ({
    score: t.float({
      nullable: true,
      description:
        'Flesch’s reading ease as Kandel and Moles adapted it to French (1958): the higher the easier, mostly 0 to 100. ' +
        'Null for a text without words, like all figures.',
      resolve: ({ score }) => toNumber(score),
    }),
    lix: t.float({
      nullable: true,
      description: 'LIX (Björnsson, 1968): the lower the easier.',
      resolve: ({ lix }) => toNumber(lix),
    }),
    wordsPerSentence: t.float({
      nullable: true,
      description: 'Mean length of a sentence, in words.',
      resolve: ({ wordsPerSentence }) => toNumber(wordsPerSentence),
    }),
    syllablesPerWord: t.float({
      nullable: true,
      description: 'Mean length of a word, in syllables.',
      resolve: ({ syllablesPerWord }) => toNumber(syllablesPerWord),
    }),
    longWordsPercent: t.float({
      nullable: true,
      description: 'Words of more than six letters, per cent of the words.',
      resolve: ({ longWordsPercent }) => toNumber(longWordsPercent),
    }),
    sentences: t.exposeInt('sentences', {
      description: 'Sentences; titles and items of lists count as some.',
    }),
    words: t.exposeInt('words', { description: 'Words: what stands between blanks.' }),
    syllables: t.exposeInt('syllables', {
      description: 'Syllables of careful speech, by rules of spelling; what is no text counts as one.',
    }),
    longWords: t.exposeInt('longWords', { description: 'Words of more than six letters.' }),
    formula: t.string({
      description: 'The formula of `score`.',
      resolve: () => '207 − 1.015 × words / sentences − 73.6 × syllables / words',
    }),
  }),
});

builder.queryField('readability', (t) =>
  t.field({
    type: ReadabilityType,
    nullable: true,
    description: 'How easy a French text is to read. Nothing of it is kept.',
    args: {
      text: t.arg.string({
        required: true,
        description: `The text, ${LONGEST_TEXT} characters at most: send it as a variable.`,
      }),
    },
    resolve: (_root, { text }) => readabilityOf(text),
  }),
);
