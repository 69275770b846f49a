import { type RawBuilder, sql } from 'kysely';

/** More words than this narrow nothing any further. */
const MOST_WORDS = 10;

/**
 * Whether a folded name holds every word of a search, anywhere. Words are letters and digits only, so nothing
 * of them can be a pattern; a search without any finds nothing. One comparison per word, so that trigrams answer.
 */
export function holdsWords(nameKey: RawBuilder<unknown>, search: string): RawBuilder<boolean> {
  const words = search.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MOST_WORDS) ?? [];
  if (words.length === 0) return sql`false`;
  return sql.join(
    words.map((word) => sql`${nameKey} like '%' || directory.label_key(${word}) || '%'`),
    sql` and `,
  );
}
