import { badInput } from '../../kernel/errors.ts';
import { type NodeType, typeOfId } from '../../kernel/ids.ts';
import { cleanText } from '../../kernel/text.ts';

/** What GraphQL gives for an argument that may be left out. */
export type Optional<T> = T | null | undefined;

/** Longer searches are no search, and trigrams of a long text are costly. */
const LONGEST_SEARCH = 200;

/** Each network of a filter may be looked for around each commune of a page. */
const LONGEST_LIST = 100;

/** The id when it names an object of that type; null when it is malformed or names another type. */
export function idOf(type: NodeType, value: string, name = 'id'): string | null {
  return typeOfId(cleanText(value, name)) === type ? value : null;
}

/** A text argument, null when omitted. */
export function textOf(value: Optional<string>, name: string): string | null {
  return value === null || value === undefined ? null : cleanText(value, name);
}

/** A list of texts, null when omitted. An empty list stays: it selects nothing. BAD_USER_INPUT when too long. */
export function textsOf(values: Optional<readonly string[]>, name: string): string[] | null {
  if (values === null || values === undefined) return null;
  if (values.length > LONGEST_LIST) throw badInput(`"${name}" may hold ${LONGEST_LIST} items at most.`);
  return values.map((value) => cleanText(value, name));
}

/** What to look for, null when omitted or blank; BAD_USER_INPUT when too long. */
export function searchOf(value: Optional<string>): string | null {
  const text = textOf(value, 'search');
  if (text !== null && text.length > LONGEST_SEARCH) {
    throw badInput(`"search" may hold ${LONGEST_SEARCH} characters at most.`);
  }
  return text?.trim() ? text : null;
}

/** A finite number between bounds, both included; null when omitted. */
export function numberBetween(
  value: Optional<number>,
  name: string,
  [least, most]: readonly [number, number],
): number | null {
  if (value === null || value === undefined) return null;
  if (!(value >= least && value <= most)) throw badInput(`"${name}" must be between ${least} and ${most}.`);
  return value;
}
