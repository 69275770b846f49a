import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportColumn } from './column.ts';
import { Cells } from './parquet/cells.ts';
import { ColumnChunks } from './parquet/column-chunk.ts';
import { BinaryRows } from './parquet/copy-binary.ts';
import { schemaOf } from './parquet/schema.ts';

/** Rows that are held at once. Readers like larger groups, memory smaller ones. */
const GROUP = 50_000;

/** And bytes of different values: long texts make smaller groups. */
const LARGEST = 4 << 20;

/**
 * Rows of binary COPY as a Parquet file, group by group: what it gives is never more than one group. The format, its
 * headers and its footer, is the library's; values go from the bytes of COPY to those of a page without becoming
 * JavaScript values on the way.
 *
 * @param pieces the bytes of one COPY statement after the other
 * @param about what the file says of itself
 */
export async function* parquetOf(
  columns: readonly ExportColumn[],
  pieces: AsyncIterable<AsyncIterable<Buffer>>,
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter(1 << 18);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'Services Publics+ Hub',
  });
  const chunks = new ColumnChunks(bytes);
  const group = columns.map((column) => ({ column, cells: new Cells() }));
  const rows = () => group[0]?.cells.rows ?? 0;
  const held = () => group.reduce((sum, { cells }) => sum + cells.distinct.length, 0);
  // Written over, as all blocks of an export, when the next is asked for.
  const taken = () => {
    const block = Buffer.from(bytes.buffer, 0, bytes.index);
    bytes.index = 0;
    return block;
  };
  const write = () => {
    const begin = bytes.offset;
    const written = group.map(({ column, cells }) => chunks.write(column, cells));
    writer.row_groups.push({
      columns: written,
      total_byte_size: written.reduce(
        (sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n),
        0n,
      ),
      total_compressed_size: BigInt(bytes.offset - begin),
      num_rows: BigInt(rows()),
    });
    writer.num_rows += BigInt(rows());
    for (const { cells } of group) cells.clear();
    return taken();
  };
  for await (const piece of pieces) {
    const reader = new BinaryRows(group.map(({ cells }) => cells));
    for await (const chunk of piece) {
      reader.push(chunk);
      if (rows() >= GROUP || held() >= LARGEST) yield write();
    }
  }
  if (rows() > 0) yield write();
  await writer.finish();
  yield taken();
}
