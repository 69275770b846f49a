import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { EncodingDetector, type TextFacts } from './encoding.ts';
import { DEFAULT_LIMITS, type FileLimits, gunzip, isGzip } from './gzip.ts';
import { FileProblem } from './problem.ts';

/** A file as its first reading found it. */
export interface Inspection extends TextFacts {
  path: string;
  /** Of the file as it is on disk, compressed or not. */
  sha256: string;
  bytes: number;
  gzip: boolean;
  /** Beginning of the text as UTF-8, at most 64 KiB. */
  head: string;
  limits: FileLimits;
}

const HEAD_BYTES = 64 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * First reading of a file: fingerprint, compression, encoding; refuses what cannot be a text of ours before
 * anything is written. Two readings cost less than finding an invalid byte after two gigabytes.
 * @param onBytes called with the bytes of the file read so far, and its size
 */
export async function inspect(
  path: string,
  limits: Partial<FileLimits> = {},
  onBytes: (bytes: number, totalBytes: number) => void = () => undefined,
): Promise<Inspection> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new FileProblem('NO_FILE', `no such file: ${path}`);
  if (!info.isFile()) throw new FileProblem('NOT_A_FILE', `not a file: ${path}`);
  if (info.size === 0) throw new FileProblem('EMPTY_FILE', 'the file is empty');
  const ceilings = { ...DEFAULT_LIMITS, ...limits };
  const hash = createHash('sha256');
  const gzip = isGzip(await firstBytes(path));
  const hashed = rawBytes(path, (chunk, bytes) => {
    hash.update(chunk);
    onBytes(bytes, info.size);
  });
  const detector = new EncodingDetector();
  const head: Buffer[] = [];
  let headBytes = 0;
  let textBytes = 0;
  for await (const chunk of gzip ? gunzip(hashed, ceilings) : hashed) {
    detector.push(chunk);
    textBytes += chunk.length;
    if (textBytes > ceilings.maxTextBytes) {
      throw new FileProblem('TOO_LARGE', `the file holds more than ${ceilings.maxTextBytes} bytes`);
    }
    if (headBytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - headBytes));
    headBytes = Math.min(HEAD_BYTES, headBytes + chunk.length);
  }
  const facts = detector.finish();
  const text = new TextDecoder(facts.encoding).decode(Buffer.concat(head));
  return { ...facts, path, sha256: hash.digest('hex'), bytes: info.size, gzip, head: text, limits: ceilings };
}

/**
 * The text of an inspected file, as UTF-8 without its byte order mark.
 * @param onBytes called with the bytes of the file (compressed or not) read so far
 */
export async function* openText(
  file: Inspection,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const raw = rawBytes(file.path, (_chunk, bytes) => onBytes(bytes));
  const chunks = file.gzip ? gunzip(raw, file.limits) : raw;
  const decoder = file.encoding === 'utf-8' ? null : new TextDecoder(file.encoding);
  let toSkip = file.bom ? 3 : 0;
  for await (const chunk of chunks) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    const text = skipped === 0 ? chunk : chunk.subarray(skipped);
    yield decoder === null ? text : Buffer.from(decoder.decode(text, { stream: true }));
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: 3 }) as AsyncIterable<Buffer>) return chunk;
  return new Uint8Array();
}

async function* rawBytes(
  path: string,
  onChunk: (chunk: Buffer, bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    onChunk(chunk, bytes);
    yield chunk;
  }
}
