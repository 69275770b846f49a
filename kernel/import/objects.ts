import type { RowProblem } from './problem.ts';

/** Value of a staging column: objects and arrays are for jsonb columns, and stored as JSON. */
export type StagingValue =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | { readonly [key: string]: unknown };

/** What the map of one element gives: rows to stage, and what is wrong with it. A REJECTED problem keeps all of its rows out. */
export interface Mapped {
  rows: readonly Readonly<Record<string, StagingValue>>[];
  problems?: readonly RowProblem[];
}

/** A file of nested JSON objects (array, `{"key":[…]}` or one object per line), each mapped to any number of staging rows. */
export interface ObjectInput {
  kind: 'objects';
  /** Staging columns and their PostgreSQL types. */
  staging: Readonly<Record<string, string>>;
  /** Key of the array when the file wraps it; default: the first array found. */
  jsonKey?: string;
  /** Called for each element, in order; `line` is where it begins. */
  map(element: Readonly<Record<string, unknown>>, line: number): Mapped;
}

export const objects = (spec: Omit<ObjectInput, 'kind'>): ObjectInput => ({ ...spec, kind: 'objects' });
