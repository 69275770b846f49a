import { type Asked, codesOf } from './desk.ts';
import type { Cell } from './matrix.ts';
import type { Route } from './route.ts';

/** What is said to who may not have an element, and the cell of it. */
const REFUSALS = { FORBIDDEN: 'forbidden', UNAUTHENTICATED: 'needs a key' } as const satisfies Record<
  string,
  Cell
>;

/**
 * How an answer refuses: with one code on the way to the field, and nothing of its value. Null when it does not
 * refuse; `several` when of several fields (no `member` is given) it may refuse only some.
 */
export function refusalIn(
  asked: Asked,
  { steps }: Route,
  member: string | undefined,
): { cell: Cell } | { wrong: string } | 'several' | null {
  const { text, data, errors = [] } = asked;
  const code = (['FORBIDDEN', 'UNAUTHENTICATED'] as const).find((known) => codesOf(asked).includes(known));
  if (code === undefined) return null;
  const way = [...steps.map(({ field }) => field), ...(member === undefined ? [] : [member])];
  const off = errors.find(
    ({ path = [], extensions }) =>
      extensions.code !== code || fieldsIn(path).some((name, depth) => name !== way[depth]),
  );
  if (off) return member === undefined ? 'several' : { wrong: `the refusal is ${text}` };
  return leaves(data).length > 0 ? { wrong: `it refuses and tells ${text}` } : { cell: REFUSALS[code] };
}

const fieldsIn = (path: readonly (string | number)[]) =>
  path.filter((segment) => typeof segment === 'string');

const leaves = (value: unknown): unknown[] => {
  if (typeof value !== 'object' || value === null) return value == null ? [] : [value];
  return Object.values(value).flatMap(leaves);
};
