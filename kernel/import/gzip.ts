import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileProblem } from './problem.ts';

/** What a file may weigh once decompressed. */
export interface FileLimits {
  /** Bytes of text at most; default 8 GiB. */
  maxTextBytes: number;
  /** Text bytes per compressed byte at most, once the text passes 64 MiB; default 250 (real exports stay under 40). */
  maxRatio: number;
}

export const DEFAULT_LIMITS: FileLimits = { maxTextBytes: 8 * 2 ** 30, maxRatio: 250 };

/** Ratios of small files mean nothing: a hundred equal lines compress very well. */
const RATIO_FLOOR = 64 * 2 ** 20;

export const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b;

/** Decompresses as it comes; refuses truncated or damaged streams and bombs, each with a message of its own. */
export async function* gunzip(source: AsyncIterable<Buffer>, limits: FileLimits): AsyncGenerator<Buffer> {
  let compressed = 0;
  let expanded = 0;
  const counted = async function* () {
    for await (const chunk of source) {
      compressed += chunk.length;
      yield chunk;
    }
  };
  const output = createGunzip({ chunkSize: 128 * 1024 });
  pipeline(Readable.from(counted(), { objectMode: false }), output, () => undefined);
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      expanded += chunk.length;
      refuseBomb(expanded, compressed, limits);
      yield chunk;
    }
  } catch (error) {
    throw describe(error);
  }
}

function refuseBomb(expanded: number, compressed: number, limits: FileLimits): void {
  if (expanded > limits.maxTextBytes) {
    throw new FileProblem(
      'TOO_LARGE',
      `the file holds more than ${limits.maxTextBytes} bytes once decompressed`,
    );
  }
  if (expanded > RATIO_FLOOR && expanded > compressed * limits.maxRatio) {
    throw new FileProblem(
      'TOO_LARGE',
      `the gzip file expands more than ${limits.maxRatio} times: refused as a decompression bomb`,
    );
  }
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (error.code === 'Z_BUF_ERROR') {
    return new FileProblem('DAMAGED_GZIP', 'the gzip file is truncated: download it again');
  }
  if (error.code.startsWith('Z_'))
    return new FileProblem('DAMAGED_GZIP', `the gzip file is damaged (${error.message})`);
  return error;
}
