/** One field on the way to a type, and how it is asked: `territory(id: "DEP-62")`. */
export interface Step {
  /** The type that has the field. */
  parent: string;
  field: string;
  call: string;
}

/** A way from a root type to the objects of a type. */
export interface Route {
  root: 'query' | 'mutation';
  steps: readonly Step[];
}

/** The document that asks `selection` of the objects at the end of a route. */
export const documentOf = ({ root, steps }: Route, selection: string): string =>
  `${root} { ${steps.reduceRight((inner, { call }) => `${call} { ${inner} }`, selection)} }`;

/** The objects that an answer holds at the end of a route; nulls and empty lists give none. */
export function objectsAt({ steps }: Route, data: unknown): Record<string, unknown>[] {
  let places = [data];
  for (const { field } of steps) places = places.filter(isObject).flatMap((place) => flat(place[field]));
  return places.filter(isObject);
}

const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
