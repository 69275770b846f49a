import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a folded name holds every word of a search, anywhere. Folding leaves letters, digits and blanks only,
 * so nothing of it can be a pattern; a search without any finds nothing.
 */
export const holdsWords = (nameKey: RawBuilder<unknown>, search: string): RawBuilder<boolean> =>
  sql`(directory.label_key(${search}::text) <> '' and ${nameKey} like all (
    select '%' || word || '%' from regexp_split_to_table(directory.label_key(${search}::text), ' ') word))`;
