import type { ParquetWriter } from 'hyparquet-writer';
import type { ExportColumn, ExportType } from '../column.ts';
import { DECIMAL_BYTES, SCALE } from './values.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];
type Physical = Omit<SchemaElement, 'name' | 'type'> & Required<Pick<SchemaElement, 'type'>>;

/** Eighteen digits before the point and twelve after it: what imports accept. */
const PRECISION = 18 + SCALE;

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

export const ELEMENTS: Readonly<Record<ExportType, Physical>> = {
  id: STRING,
  text: STRING,
  texts: STRING,
  integer: { type: 'INT32' },
  long: { type: 'INT64' },
  decimal: {
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: DECIMAL_BYTES,
    logical_type: { type: 'DECIMAL', scale: SCALE, precision: PRECISION },
    // What readers of before logical types go by.
    converted_type: 'DECIMAL',
    scale: SCALE,
    precision: PRECISION,
  },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

/** Flat columns, any of which may be null. */
export const schemaOf = (columns: readonly ExportColumn[]): SchemaElement[] => [
  { name: 'rows', num_children: columns.length },
  ...columns.map(
    ({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...ELEMENTS[type] }),
  ),
];
