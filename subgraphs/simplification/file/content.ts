import { createHash } from 'node:crypto';
import { unsupported } from '../../../kernel/raw/status.ts';

/** What a file may be, by its content. */
export const FILE_TYPES = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/tiff': 'tiff',
  'text/plain': 'txt',
} as const;
export type FileType = keyof typeof FILE_TYPES;

/** Bytes at the beginning and at the end that are looked at; readers of PDF look for its marks in as many. */
const EDGE = 1024;

const REFUSED = 'Expected a PDF, a PNG, JPEG, WebP, HEIC or TIFF image, or plain text in UTF-8.';

const starts = (head: Buffer, bytes: string, at = 0) =>
  head.toString('latin1', at, at + bytes.length) === bytes;

/**
 * What a file is, by how it begins; null for what is not taken. What it is called or said to be never counts, nor
 * is it decoded: no image is unpacked here.
 */
export function typeOf(head: Buffer): FileType | null {
  if (starts(head, '%PDF-')) return 'application/pdf';
  // A reader of PDF would take it for one, whatever it is for others.
  if (head.subarray(0, EDGE).includes('%PDF-')) return null;
  if (starts(head, '\x89PNG\r\n\x1a\n') && starts(head, 'IHDR', 12)) return 'image/png';
  if (starts(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(head, 'RIFF') && starts(head, 'WEBP', 8)) return 'image/webp';
  if (
    starts(head, 'ftyp', 4) &&
    /^(heic|heix|hevc|hevx)|^mif1.{4}.*heic/s.test(head.toString('latin1', 8, 64))
  ) {
    return 'image/heic';
  }
  if (starts(head, 'II*\0') || starts(head, 'MM\0*')) return 'image/tiff';
  return head.length > 0 && isTextSoFar(head) ? 'text/plain' : null;
}

/** Control characters that no text has. */
const CONTROLS = /[^\P{Cc}\t\n\f\r]/u;

/** A letter may be cut at the end of what has come. */
function isTextSoFar(bytes: Buffer): boolean {
  try {
    return !CONTROLS.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    return false;
  }
}

/** Looks at a file while it passes, chunk by chunk, and holds no more than its edges. */
export class Content {
  /** Known after the first kilobyte, or at the end. */
  type: FileType | null = null;
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly text = new TextDecoder('utf-8', { fatal: true });
  private head = Buffer.alloc(0);
  private tail = Buffer.alloc(0);

  /** @throws HubError BAD_USER_INPUT (415) as soon as it is none of the types that are taken */
  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    this.tail = Buffer.concat([this.tail, chunk.subarray(-EDGE)]).subarray(-EDGE);
    if (this.type === null) {
      this.head = Buffer.concat([this.head, chunk]);
      if (this.head.length >= EDGE) this.decide();
    } else this.checkText(chunk);
  }

  /** @throws HubError BAD_USER_INPUT (415) when it is none of the types that are taken, or does not end like its type */
  end(): { type: FileType; bytes: number; sha256: string } {
    const type = this.type ?? this.decide();
    if (type === 'text/plain') this.decode(undefined);
    if (!endsLike(type, this.tail, this.head, this.bytes)) throw unsupported(REFUSED);
    return { type, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  private decide(): FileType {
    this.type = typeOf(this.head);
    if (this.type === null) throw unsupported(REFUSED);
    this.checkText(this.head);
    this.head = Buffer.from(this.head.subarray(0, EDGE));
    return this.type;
  }

  private checkText(chunk: Buffer): void {
    if (this.type === 'text/plain' && CONTROLS.test(this.decode(chunk))) throw unsupported(REFUSED);
  }

  /** @param chunk the last one when undefined: half a letter at the end is none */
  private decode(chunk: Buffer | undefined): string {
    try {
      return chunk === undefined ? this.text.decode() : this.text.decode(chunk, { stream: true });
    } catch {
      throw unsupported(REFUSED);
    }
  }
}

/** What hangs behind the end of a file may be another file: refused where the format says where it ends. */
function endsLike(type: FileType, tail: Buffer, head: Buffer, bytes: number): boolean {
  if (type === 'application/pdf') return tail.includes('%%EOF');
  if (type === 'image/png') return tail.subarray(-8).toString('latin1') === 'IEND\xaeB\x60\x82';
  if (type === 'image/webp') return head.readUInt32LE(4) + 8 === bytes;
  return true;
}
