import type { FactKind } from '../fact/sources.ts';
import type { SubjectColumns } from '../tables.ts';
import type { Field, RowOf } from './field.ts';

export type Fields = Readonly<Record<string, Field>>;

/** A row of a register: whom it is about, whether it is public, its fields, and columns that the table computes. */
export type EntryRow<F extends Fields = Fields, Computed = unknown> = SubjectColumns & RowOf<F> & Computed;

/** The values of an entry as canonical text, by column; null where there is none. */
export type Values = Readonly<Record<string, string | null>>;

/** A mistake in the values of an entry, about one of its columns. */
export interface Mistake {
  column: string;
  code: string;
  message: string;
}

/** What is said of a kind of register, beside its fields. */
interface Declared<Row> {
  /** Its type in the graph: `FrequentError`. */
  type: string;
  /** Its names in the graph, of one and of several: `frequentError`, `frequentErrors`. */
  names: { one: string; many: string };
  /** How messages call one: « frequent error ». */
  noun: string;
  description: string;
  /** What ids begin with, before the hyphen. */
  prefix: string;
  /** Table of the schema `improvement`. */
  table: string;
  feed: { name: string; description: string };
  /** Column of the day that orders lists, latest first. */
  day: keyof Row & string;
  /** Whether its table has a column `search` with the words of an entry; default false. */
  searched?: boolean;
  /** Whether an entry may be about a territory of the network; default true. */
  territories?: boolean;
  /** What one field demands of another; asked when each is right by itself. */
  rule?(values: Values): readonly Mistake[];
}

/**
 * A kind of register: entries that belong to a network and, where they are local, to a place of it; a few fields;
 * public or not. Its feed, its type, lists and mutations follow this declaration, and a test holds its table to it.
 */
export interface Register<Row> extends FactKind<Row>, Required<Declared<Row>> {
  fields: Fields;
}

/** Declares a kind; `computed` names the columns that its table computes of others. */
export function register<F extends Fields, Computed extends object = object>(
  fields: F,
  declared: Declared<EntryRow<F, Computed>>,
  computed: readonly (keyof Computed & string)[] = [],
): Register<EntryRow<F, Computed>> {
  type Column = keyof EntryRow<F, Computed> & string;
  const columns = Object.keys(fields);
  return {
    territories: true,
    searched: false,
    rule: () => [],
    ...declared,
    fields,
    read: 'published',
    columns: [...columns, ...computed] as Column[],
    audited: columns.filter((column) => !SAID.has(fields[column]?.shape.is ?? '')) as Column[],
  };
}

/** Shapes that hold somebody's words, which the audit does not tell. */
const SAID: ReadonlySet<string> = new Set(['TEXT', 'LINK']);

/** The mistake of a part that is greater than its whole, or has none. */
export function partOfWhole(values: Values, part: string, whole: string): Mistake[] {
  const [some, all] = [values[part] ?? null, values[whole] ?? null];
  if (some === null) return [];
  if (all === null)
    return [{ column: whole, code: 'REQUIRED', message: 'expected the whole of what is counted' }];
  if (Number(some) <= Number(all)) return [];
  return [{ column: part, code: 'PART_ABOVE_WHOLE', message: `expected at most ${all}` }];
}

/** The mistake of giving one of two values that only say something together. */
export function bothOrNone(values: Values, one: string, other: string): Mistake[] {
  const missing = [one, other].filter((column) => (values[column] ?? null) === null);
  const [column] = missing;
  if (column === undefined || missing.length === 2) return [];
  return [{ column, code: 'REQUIRED', message: 'expected a value, for the other one is given' }];
}
