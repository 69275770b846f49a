import { type RawBuilder, sql } from 'kysely';
import { oneOf } from './columns.ts';
import type { FeedOptions } from './feed.ts';

/** Whether readers see a row; nothing is published that nobody said to publish. */
export const publishedColumn = {
  published: oneOf({ header: 'publie', labels: { oui: 'true', non: 'false' } }),
};

/** What holds for the rows whose cell is blank. */
export const publishedOption = {
  published: {
    description: 'oui: rows whose column publie is blank are published; non (default): they are not',
    pattern: /oui|non/,
    expected: 'oui or non',
  },
};

/** Value of the column `published`, on the staged row `s`. */
export const publishedValue = (options: FeedOptions): RawBuilder<boolean> =>
  sql<boolean>`coalesce(s.published, ${options['published'] === 'oui' ? 'true' : 'false'})::boolean`;
