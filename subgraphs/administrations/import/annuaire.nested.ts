/** A nested object of the State directory. */
export type Nested = Readonly<Record<string, unknown>>;

/** Thrown when a nested field of the API variant is not the JSON that it should be. */
export class BadNested extends Error {}

/**
 * A list of the State directory. The dump gives arrays; the API variant gives the same as a JSON string, or a
 * bare text where there is one value.
 *
 * @throws BadNested when a string begins as JSON and is not
 */
export function list(element: Nested, key: string): readonly unknown[] {
  const value = element[key];
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return [value];
  if (typeof value !== 'string' || value.trim() === '') return [];
  if (!/^\s*[[{]/.test(value)) return [value];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    throw new BadNested(key);
  }
}

/** The objects of a list; anything else in it is passed over. */
export const objectsOf = (element: Nested, key: string): readonly Nested[] =>
  list(element, key).filter((each): each is Nested => typeof each === 'object' && each !== null);

/** A text without blanks around it, null when there is none. */
export function textOf(element: Nested, key: string): string | null {
  const value = element[key];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}
