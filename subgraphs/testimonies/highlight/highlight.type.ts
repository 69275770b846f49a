import { builder } from '../builder.ts';
import { readSearch } from '../testimony/filter.type.ts';
import { Testimony } from '../testimony/testimony.type.ts';
import type { Fragment } from './fragments.ts';
import type { HighlightRow } from './highlight.query.ts';

const Highlight = builder.objectRef<Fragment>('TestimonyHighlight').implement({
  description: 'A piece of a text of a testimony. It is text, never markup.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The piece, as its author wrote it.' }),
    matched: t.exposeBoolean('matched', { description: 'Whether it is a word that was looked for.' }),
  }),
});

const TestimonyHighlights = builder.objectRef<HighlightRow>('TestimonyHighlights').implement({
  description: 'Where the words of a search stand in a testimony, under the rules of the search itself.',
  fields: (t) => ({
    title: t.field({
      type: [Highlight],
      description: 'The whole title, in pieces.',
      resolve: ({ title }) => title,
    }),
    body: t.field({
      type: [Highlight],
      description: 'The whole text, in pieces.',
      resolve: ({ body }) => body,
    }),
    extract: t.field({
      type: [Highlight],
      description:
        'About 240 characters of the text, where most of the words stand; « … » stands for what is left out.',
      resolve: ({ extract }) => extract,
    }),
  }),
});

builder.objectField(Testimony, 'highlights', (t) =>
  t.field({
    type: TestimonyHighlights,
    description: 'Where the words of a search stand in it.',
    args: {
      search: t.arg.string({
        required: true,
        description: 'The search, as `TestimonyFilter.search` takes it.',
      }),
    },
    nullable: true,
    resolve: ({ id, title, body }, { search }, { found }) =>
      found.highlights(readSearch(search)).load({ id, title, body }),
  }),
);
