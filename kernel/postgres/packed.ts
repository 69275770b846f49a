import { type RawBuilder, sql } from 'kysely';

/** Between values and between rows: characters that no id, number or word holds. */
const VALUES = '\u001f';
const ROWS = '\u001e';

/**
 * Many small rows of a group as one text, for `unpacked`: the driver reads each value of each row as a text of its own,
 * which takes more than all that is done with them. An empty text is null: for ids, numbers and words, which never are
 * empty, not for what people write.
 */
export const packed = (columns: readonly RawBuilder<unknown>[]): RawBuilder<string> => {
  const texts = columns.map((column) => sql`coalesce(${column}::text, '')`);
  return sql`string_agg(concat_ws(${sql.lit(VALUES)}, ${sql.join(texts)}), ${sql.lit(ROWS)})`;
};

/** The rows of a text that `packed` made, in no order: the text of each column, empty for null. */
export const unpacked = (text: string): string[][] => text.split(ROWS).map((row) => row.split(VALUES));
