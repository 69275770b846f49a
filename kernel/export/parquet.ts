import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportColumn, ExportType } from './column.ts';
import { BinaryRows, type Cell, DECIMAL_BYTES, SCALE } from './copy-binary.ts';

/** Rows that are held at once. Readers like larger groups, memory smaller ones. */
const GROUP = 20_000;

/** Eighteen digits before the point and twelve after it: what imports accept. */
const PRECISION = 18 + SCALE;

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** The least effort: a file of results is already a tenth of its CSV. */
const compressed = (bytes: Uint8Array) =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });

/**
 * Rows of binary COPY as a Parquet file, group by group: what it gives is never more than one group.
 *
 * @param pieces the bytes of one COPY statement after the other
 * @param about what the file says of itself
 */
export async function* parquetOf(
  columns: readonly ExportColumn[],
  pieces: AsyncIterable<AsyncIterable<Buffer>>,
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter(1 << 20);
  const elements = columns.map(elementOf);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'rows', num_children: columns.length }, ...elements],
    codec: 'ZSTD',
    compressors: { ZSTD: compressed },
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'Services Publics+ Hub',
  });
  const taken = () => {
    const copy = Buffer.from(bytes.getBytes());
    bytes.index = 0;
    return copy;
  };
  const group: Cell[][] = columns.map(() => []);
  const write = async () => {
    const columnData = columns.map(({ name, type }, index) => ({
      name,
      data: group[index] ?? [],
      offsetIndex: false,
      // Bytes would be compared without their sign.
      statistics: type !== 'decimal',
    }));
    await writer.write({ columnData, rowGroupSize: group[0]?.length ?? 0 });
    for (const list of group) list.length = 0;
    return taken();
  };
  for await (const piece of pieces) {
    const rows = new BinaryRows(columns, group);
    for await (const chunk of piece) {
      rows.push(chunk);
      if ((group[0]?.length ?? 0) >= GROUP) yield await write();
    }
  }
  if ((group[0]?.length ?? 0) > 0) yield await write();
  for (const [index, { type }] of columns.entries()) {
    if (type === 'decimal') Object.assign(elements[index] ?? {}, OLDER_DECIMAL);
  }
  await writer.finish();
  yield taken();
}

/**
 * What readers of before logical types go by. Told at the end: the library would make each value again, a number of
 * any size and a list for every one of its bytes, which was most of the memory and a third of the time.
 */
const OLDER_DECIMAL = { converted_type: 'DECIMAL' } as const;

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const ELEMENTS: Readonly<Record<ExportType, Omit<SchemaElement, 'name'>>> = {
  id: STRING,
  text: STRING,
  texts: STRING,
  integer: { type: 'INT32' },
  long: { type: 'INT64' },
  decimal: {
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: DECIMAL_BYTES,
    logical_type: { type: 'DECIMAL', scale: SCALE, precision: PRECISION },
    scale: SCALE,
    precision: PRECISION,
  },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

const elementOf = ({ name, type }: ExportColumn): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...ELEMENTS[type],
});
