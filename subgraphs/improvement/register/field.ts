import type { Column } from '../../../kernel/import/column.ts';
import { code, date, decimal, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { commitmentsColumn } from '../import/commitments.ts';

/** How the graph shows the value of a field. */
export type Shape =
  | { is: 'TEXT' | 'LINK' | 'DAY' | 'COUNT' | 'DECIMAL' | 'PERIOD' | 'REFERENCE' | 'COMMITMENTS' }
  | { is: 'CHOICE'; choice: Choice };

/** A closed list of values: an enum of the graph, words of a file, a check of the table. */
export interface Choice<Value extends string = string> {
  /** Name of the enum. */
  name: string;
  description: string;
  values: Readonly<Record<Value, { /** In files, French. */ label: string; description: string }>>;
}

/** One thing that a register keeps of its entries; under the name of its column in the declaration of the kind. */
export interface Field<Value = unknown> {
  /** Its name in the graph. */
  graph: string;
  description: string;
  shape: Shape;
  /** Its column in files: header, and the checks that the graph applies too. */
  column: Column;
  /** A day that cannot be to come. */
  past: boolean;
  /** What a row holds; never set. */
  readonly value?: Value;
}

/** The columns of a row that fields declare. */
export type RowOf<Fields> = {
  -readonly [Name in keyof Fields]: Fields[Name] extends Field<infer Value> ? Value : never;
};

interface Options<Required extends boolean> {
  graph: string;
  /** In files. */
  header: string;
  description: string;
  required?: Required;
}
type Held<Value, Required extends boolean> = Required extends true ? Value : Value | null;

/** @param past see `Field` */
function field<Value>(options: Options<boolean>, shape: Shape, column: Column, past = false): Field<Value> {
  return { graph: options.graph, description: options.description, shape, column, past };
}

/** Free text of at most `max` characters. */
export const words = <R extends boolean = false>(options: Options<R> & { max: number }) =>
  field<Held<string, R>>(options, { is: 'TEXT' }, text(options));

/** Text of a given form. */
export const formed = <R extends boolean = false>(
  options: Options<R> & { pattern: RegExp; expected: string },
) => field<Held<string, R>>(options, { is: 'TEXT' }, code(options));

/** An address of the web. */
export const link = <R extends boolean = false>(options: Options<R>) =>
  field<Held<string, R>>(
    options,
    { is: 'LINK' },
    code({ ...options, pattern: /https?:\/\/[^\s"<>]{3,500}/, expected: 'an address such as https://…' }),
  );

/** A day; `past` for what has happened. */
export const day = <R extends boolean = false>(options: Options<R> & { past?: boolean }) =>
  field<Held<string, R>>(options, { is: 'DAY' }, date(options), options.past ?? false);

/** A whole number of things. */
export const count = <R extends boolean = false>(options: Options<R> & { min?: number; max?: number }) =>
  field<Held<number, R>>(options, { is: 'COUNT' }, integer({ min: 0, ...options }));

/** An exact figure; a row holds its text. */
export const figure = <R extends boolean = false>(options: Options<R>) =>
  field<Held<string, R>>(options, { is: 'DECIMAL' }, decimal(options));

/** A year, a half-year, a quarter or a month. */
export const period = <R extends boolean = false>(options: Options<R>) =>
  field<Held<string, R>>(
    options,
    { is: 'PERIOD' },
    code({
      ...options,
      pattern: /[1-9]\d{3}(?:-(?:S[12]|T[1-4]|0[1-9]|1[0-2]))?/,
      expected: 'a period: 2025, 2025-S1, 2025-T3 or 2025-07',
    }),
  );

/** The id of something that begins with `prefix` and a hyphen; whether it exists is for the kind to ask. */
export const reference = <R extends boolean = false>(options: Options<R> & { prefix: string }) =>
  field<Held<string, R>>(
    options,
    { is: 'REFERENCE' },
    code({
      ...options,
      pattern: new RegExp(`${options.prefix}-[\\p{L}\\p{N}._:-]{1,100}`, 'u'),
      expected: `${options.prefix}- and a code`,
    }),
  );

/** Commitments, `E4, E5` in files. */
export const commitments = (options: Options<false>) =>
  field<string[]>(options, { is: 'COMMITMENTS' }, { ...commitmentsColumn, header: [options.header] });

/** One of a closed list. */
export function choice<Value extends string, R extends boolean = false>(
  options: Options<R> & { of: Choice<Value> },
): Field<Held<Value, R>> {
  const values = Object.entries<Choice['values'][string]>(options.of.values);
  const labels = Object.fromEntries(values.map(([value, { label }]) => [label, value]));
  return field(options, { is: 'CHOICE', choice: options.of }, oneOf({ ...options, labels }));
}
