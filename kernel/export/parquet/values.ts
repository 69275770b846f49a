import type { ByteWriter } from 'hyparquet-writer';
import type { ExportType } from '../column.ts';

/** Decimals of a number in Parquet: those that imports accept. */
export const SCALE = 12;

/** Eighteen digits before the point and twelve after it, as a number of the twelfth decimal: so many bytes hold it. */
export const DECIMAL_BYTES = 13;
const LOW_BYTES = 8;
const NOTHING = new Uint8Array(DECIMAL_BYTES);

/** As values are compared; numbers with decimals as whole numbers of the last one. */
export type Value = number | bigint | Uint8Array;

/** How the values of a column come from binary COPY, as `statement.ts` selects them for Parquet, and go into a page. */
interface Values {
  read(bytes: Buffer, start: number, end: number): Value;
  /** In the encoding PLAIN. */
  write(page: ByteWriter, value: Value): void;
}

const values = <T extends Value>(
  read: (bytes: Buffer, start: number, end: number) => T,
  write: (page: ByteWriter, value: T) => void,
): Values => ({ read, write: (page, value) => write(page, value as T) });

const text = values<Uint8Array>(
  (bytes, start, end) => bytes.subarray(start, end),
  (page, value) => {
    page.appendUint32(value.length);
    page.appendBytes(value);
  },
);
const int32 = values<number>(
  (bytes, start) => bytes.readInt32BE(start),
  (page, value) => page.appendInt32(value),
);
const int64 = values<bigint>(
  (bytes, start) => bytes.readBigInt64BE(start),
  (page, value) => page.appendInt64(value),
);

export const VALUES: Readonly<Record<ExportType, Values>> = {
  id: text,
  text,
  texts: text,
  integer: int32,
  long: int64,
  decimal: values<bigint>(unscaled, writeDecimal),
  double: values<number>(
    (bytes, start) => bytes.readDoubleBE(start),
    (page, value) => page.appendFloat64(value),
  ),
  boolean: values<number>(
    (bytes, start) => bytes.readUInt8(start),
    (page, value) => page.appendUint8(value),
  ),
  date: int32,
  timestamp: int64,
};

/**
 * « 78.5 » as a number of the twelfth decimal.
 * @throws Error for more decimals than the column holds: no digit is ever dropped
 */
function unscaled(bytes: Buffer, start: number, end: number): bigint {
  const [whole = '', decimals = ''] = bytes.toString('latin1', start, end).split('.');
  const kept = decimals.replace(/0+$/, '');
  if (kept.length > SCALE) throw new Error(`a value has more than ${SCALE} decimals`);
  return BigInt(whole + kept.padEnd(SCALE, '0'));
}

/** The highest byte first, negative numbers as complements of two. */
function writeDecimal(page: ByteWriter, value: bigint): void {
  const at = page.index;
  page.appendBytes(NOTHING);
  const high = BigInt.asIntN(64, value >> 64n);
  page.view.setUint8(at, Number(BigInt.asUintN(8, high >> 32n)));
  page.view.setUint32(at + 1, Number(BigInt.asUintN(32, high)));
  page.view.setBigInt64(at + DECIMAL_BYTES - LOW_BYTES, BigInt.asIntN(64, value));
}
