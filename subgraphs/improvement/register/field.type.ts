import type { EnumRef } from '@pothos/core';
import { toNumber } from '../../../kernel/decimal.ts';
import type { HubTypes } from '../../../kernel/graphql/builder.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import type { ImprovementInputFields } from '../fact/arguments.type.ts';
import { Commitment } from '../subject/stubs.type.ts';
import type { Choice, Field } from './field.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<HubTypes<ImprovementContext>>;
export type ObjectFields<Row> = PothosSchemaTypes.ObjectFieldBuilder<Types, Row>;

const enums = new Map<Choice, EnumRef<Types, string>>();

/** The enum of a choice: public, for readers filter by it. */
export function enumOf(choice: Choice): EnumRef<Types, string> {
  const known = enums.get(choice);
  if (known !== undefined) return known;
  const values = Object.entries(choice.values).map(([value, { description }]) => [value, { description }]);
  const made = builder.enumType(choice.name, {
    description: choice.description,
    values: Object.fromEntries(values) as Record<string, { description: string }>,
  });
  enums.set(choice, made);
  return made;
}

/** A field of the type of a kind, read from its column. */
export function objectField<Row extends object>(t: ObjectFields<Row>, column: string, field: Field) {
  const { description, shape } = field;
  const nullable = !field.column.required;
  // Null too, in the columns that may be; `nullable` says so to the graph, and not to the compiler.
  const read = <T>(row: Row) => (row as Readonly<Record<string, unknown>>)[column] as T;
  const text = { nullable, description, resolve: (row: Row) => read<string>(row) };
  switch (shape.is) {
    case 'TEXT':
    case 'PERIOD':
    case 'REFERENCE':
      return t.string(text);
    case 'LINK':
      return t.field({ type: 'URL', ...text });
    case 'DAY':
      return t.field({ type: 'Date', ...text });
    case 'CHOICE':
      return t.field({ type: enumOf(shape.choice), ...text });
    case 'COUNT':
      return t.int({ nullable, description, resolve: (row) => read<number>(row) });
    case 'DECIMAL':
      return t.float({ nullable, description, resolve: (row) => toNumber(read<string>(row)) });
    case 'COMMITMENTS':
      return t.field({
        type: t.listRef(Commitment, { nullable: true }),
        description,
        resolve: (row) => read<string[]>(row).map((id) => stubOf(id)),
      });
  }
}

/** The same in the input that saves it. */
export function inputField(t: ImprovementInputFields, field: Field) {
  const { shape } = field;
  const options = { required: field.column.required, description: field.description };
  switch (shape.is) {
    case 'TEXT':
    case 'PERIOD':
      return t.string(options);
    case 'REFERENCE':
      return t.id(options);
    case 'LINK':
      return t.field({ type: 'URL', ...options });
    case 'DAY':
      return t.field({ type: 'Date', ...options });
    case 'CHOICE':
      return t.field({ type: enumOf(shape.choice), ...options });
    case 'COUNT':
      return t.int(options);
    case 'DECIMAL':
      return t.float(options);
    case 'COMMITMENTS':
      return t.idList(options);
  }
}
