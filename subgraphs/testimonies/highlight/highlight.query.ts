import { type Kysely, sql } from 'kysely';
import type { TestimoniesDatabase } from '../tables.ts';
import { extractOf, type Fragment, fragmentsOf, wordsToTry } from './fragments.ts';

/** Where the words of a search stand in a testimony. */
export interface HighlightRow {
  id: string;
  title: Fragment[];
  body: Fragment[];
  extract: Fragment[];
}

export interface HighlightedText {
  id: string;
  title: string;
  body: string;
}

/**
 * Finds the words of a search in testimonies, as the search itself finds them: each different word of the texts is
 * put to the same functions, in one statement for all of them.
 */
export async function highlightsOf(
  db: Kysely<TestimoniesDatabase>,
  search: string,
  texts: readonly HighlightedText[],
): Promise<HighlightRow[]> {
  const words = wordsToTry(
    search,
    texts.flatMap(({ title, body }) => [title, body]),
  );
  // A word need not be all that is looked for: it is enough that it is one of it.
  const { rows } = await sql<{ word: string }>`
    select word
      from (select replace(testimonies.search_query(${search})::text, '&', '|')::tsquery as some offset 0) asked
     cross join unnest(${words}::text[]) as word
     where testimonies.searched(word) @@ asked.some`.execute(db);
  const found = new Set(rows.map(({ word }) => word));
  return texts.map(({ id, title, body }) => ({
    id,
    title: fragmentsOf(title, found),
    body: fragmentsOf(body, found),
    extract: extractOf(body, found),
  }));
}
