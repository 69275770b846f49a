import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, type ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import type { ExportColumn } from '../column.ts';
import type { Cells } from './cells.ts';
import { Range } from './range.ts';
import { ELEMENTS } from './schema.ts';
import { VALUES } from './values.ts';

export type ColumnChunk = ParquetWriter['row_groups'][number]['columns'][number];
type PageHeader = Omit<
  Parameters<typeof writePageHeader>[1],
  'uncompressed_page_size' | 'compressed_page_size'
>;

const CODEC = 'ZSTD';

/** The least effort: a file of results is already a tenth of its CSV. */
const compressed = (bytes: Uint8Array) =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    // Its memory is then as large as the page, not as the largest that there may be.
    pledgedSrcSize: bytes.length,
    chunkSize: Math.min(bytes.length + 64, 1 << 16),
  });

/** Writes columns of groups into a file. What a page is made in serves for all of them. */
export class ColumnChunks {
  readonly #file: ByteWriter;
  readonly #levels = new ByteWriter();
  readonly #page = new ByteWriter();

  constructor(file: ByteWriter) {
    this.#file = file;
  }

  /** A column of a group: its different values as a dictionary, then for each row which; the values where each is new. */
  write({ name, type }: ExportColumn, cells: Cells): ColumnChunk {
    const { distinct, indexes, rows } = cells;
    const begin = this.#file.offset;
    const isDictionary = type !== 'boolean' && distinct.size < indexes.length;
    let size = 0;
    const range = new Range();
    const { read, write } = VALUES[type];
    this.#page.index = 0;
    distinct.forEach((bytes, start, end) => {
      const value = read(bytes, start, end);
      range.add(value);
      write(this.#page, value);
    });
    if (type === 'boolean') this.#flags(indexes);
    if (isDictionary) {
      size += this.#put({
        type: 'DICTIONARY_PAGE',
        dictionary_page_header: { num_values: distinct.size, encoding: 'PLAIN' },
      });
      this.#indexes(cells);
    }
    const rowsAt = this.#file.offset;
    const encoding = isDictionary ? 'RLE_DICTIONARY' : type === 'boolean' ? 'RLE' : 'PLAIN';
    this.#levels.index = 0;
    writeRleBitPackedHybrid(this.#levels, cells.levels, 1);
    size += this.#put({
      type: 'DATA_PAGE_V2',
      data_page_header_v2: {
        num_values: rows,
        num_nulls: rows - indexes.length,
        num_rows: rows,
        encoding,
        definition_levels_byte_length: this.#levels.index,
        repetition_levels_byte_length: 0,
        is_compressed: true,
      },
    });
    return {
      file_offset: BigInt(begin),
      meta_data: {
        type: ELEMENTS[type].type,
        encodings: isDictionary ? ['PLAIN', encoding] : [encoding],
        path_in_schema: [name],
        codec: CODEC,
        num_values: BigInt(rows),
        total_compressed_size: BigInt(this.#file.offset - begin),
        total_uncompressed_size: BigInt(size),
        data_page_offset: BigInt(rowsAt),
        ...(isDictionary && { dictionary_page_offset: BigInt(begin) }),
        statistics: { ...range.bounds(), null_count: BigInt(rows - indexes.length) },
      },
    };
  }

  /** Runs of equal values are written once, others in as few bits as they need. */
  #indexes({ indexes, distinct }: Cells): void {
    const width = Math.ceil(Math.log2(distinct.size));
    this.#page.index = 0;
    this.#page.appendUint8(width);
    writeRleBitPackedHybrid(this.#page, indexes, width);
  }

  /** Booleans have no dictionary: their page begins with the length of what follows. */
  #flags(indexes: Uint32Array): void {
    const page = this.#page;
    const values = page.getBytes().slice();
    // In their own place: this is the last that is asked of them.
    for (const [row, index] of indexes.entries()) indexes[row] = values[index] ?? 0;
    page.index = 0;
    page.appendUint32(0);
    writeRleBitPackedHybrid(page, indexes, 1);
    page.view.setUint32(0, page.index - 4, true);
  }

  /** Writes a page, whose levels stay as they are, and tells how large it is when it is not compressed. */
  #put(header: PageHeader): number {
    const file = this.#file;
    const levels = header.type === 'DATA_PAGE_V2' ? this.#levels.getBytes() : new Uint8Array();
    const page = this.#page.getBytes();
    const packed = compressed(page);
    const begin = file.offset;
    writePageHeader(file, {
      ...header,
      uncompressed_page_size: levels.length + page.length,
      compressed_page_size: levels.length + packed.length,
    });
    const headerSize = file.offset - begin;
    file.appendBytes(levels);
    file.appendBytes(packed);
    return headerSize + levels.length + page.length;
  }
}
