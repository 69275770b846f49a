import { badInput } from '../../../kernel/errors.ts';

/** Longest search, in characters: thousands of words would keep the database busy for seconds. */
const LONGEST_SEARCH = 200;

/**
 * The words to look for; null for none.
 * @throws HubError BAD_USER_INPUT when they are too many
 */
export function searchOf(value: string | null | undefined): string | null {
  const search = value?.trim() ?? '';
  if (search.length > LONGEST_SEARCH) {
    throw badInput(`"search" may have ${LONGEST_SEARCH} characters at most.`);
  }
  return search === '' ? null : search;
}
