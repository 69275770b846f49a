import { isAscii, isUtf8 } from 'node:buffer';
import { FileProblem } from './problem.ts';

type Encoding = 'utf-8' | 'windows-1252';

/** What was learnt of a text by reading it once. */
export interface TextFacts {
  encoding: Encoding;
  bom: boolean;
  textBytes: number;
}

const LF = 0x0a;
const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads bytes as they come and says, at the end, which encoding they are in. Throws on NUL, UTF-16 and mixtures. */
export class EncodingDetector {
  #bytes = 0;
  #lines = 1;
  #bom = false;
  /** Bytes of a character cut by the end of the last chunk. */
  #tail: Buffer = Buffer.alloc(0);
  #validUtf8 = 0;
  #invalidUtf8 = 0;
  #firstInvalidLine = 0;

  push(chunk: Buffer): void {
    if (this.#bytes === 0) this.#start(chunk);
    this.#bytes += chunk.length;
    const nul = chunk.indexOf(0);
    if (nul !== -1) {
      throw new FileProblem(
        'NUL_BYTE',
        'a NUL byte: this is not a text file, or it is damaged',
        this.#lines + countLines(chunk.subarray(0, nul)),
      );
    }
    const whole = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const cut = whole.length - incomplete(whole);
    this.#judge(whole.subarray(0, cut));
    this.#tail = Buffer.from(whole.subarray(cut));
    this.#lines += countLines(chunk);
  }

  finish(): TextFacts {
    if (this.#tail.length > 0) this.#judge(this.#tail);
    if (this.#bytes === 0) throw new FileProblem('EMPTY_FILE', 'the file is empty');
    // Accented windows-1252 text is hardly ever valid UTF-8: both at once mean a damaged or patched-up file.
    if (this.#invalidUtf8 > 0 && (this.#bom || this.#validUtf8 > this.#invalidUtf8)) {
      throw new FileProblem(
        'BAD_ENCODING',
        'bytes that are not UTF-8 in a file that is otherwise UTF-8',
        this.#firstInvalidLine,
      );
    }
    return {
      encoding: this.#invalidUtf8 > 0 ? 'windows-1252' : 'utf-8',
      bom: this.#bom,
      textBytes: this.#bytes,
    };
  }

  #start(chunk: Buffer): void {
    if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)) {
      throw new FileProblem(
        'BAD_ENCODING',
        'the file is UTF-16: save it as UTF-8 (« CSV UTF-8 » in a spreadsheet)',
      );
    }
    if (chunk[0] === 0x50 && chunk[1] === 0x4b && chunk[2] === 0x03) {
      throw new FileProblem(
        'ARCHIVE',
        'a ZIP archive or a spreadsheet: extract the file or export it as CSV UTF-8',
      );
    }
    this.#bom = chunk.subarray(0, 3).equals(UTF8_BOM);
  }

  #judge(bytes: Buffer): void {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      this.#validUtf8 += 1000;
      return;
    }
    if (this.#invalidUtf8 === 0) this.#firstInvalidLine = this.#lines + countLines(firstValidPart(bytes));
    const decoded = bytes.toString('utf8');
    const invalid = decoded.split('\ufffd').length - 1;
    this.#invalidUtf8 += invalid;
    this.#validUtf8 += decoded.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  }
}

/** How many bytes at the end begin a UTF-8 character without ending it. */
function incomplete(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

function firstValidPart(bytes: Buffer): Buffer {
  const at = bytes.toString('utf8').indexOf('\ufffd');
  return bytes.subarray(0, Buffer.byteLength(bytes.toString('utf8').slice(0, at)));
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}
