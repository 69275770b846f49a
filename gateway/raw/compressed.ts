import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { RawAnswer } from '../../kernel/raw/route.ts';

/** Text that goes on for long. */
const WORTH_IT = /^(text\/csv|application\/x-ndjson)\b/;

/**
 * An answer as gzip for a client that takes it, if it is a stream of text; as it is otherwise. What breaks in the
 * middle breaks here too: a file that is not complete never ends as one that is.
 */
export function compressed(answer: RawAnswer, accepted: string | string[] | undefined): RawAnswer {
  const takes = String(accepted ?? '')
    .split(',')
    .some((item) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(item));
  const { headers, body } = answer;
  if (!takes || !(body instanceof Readable) || !WORTH_IT.test(headers['content-type'] ?? '')) return answer;
  // Fast, and nothing is kept back: chunks are large, and a client that sees none would think that nothing comes.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED, flush: constants.Z_SYNC_FLUSH });
  pipeline(body, gzip, () => {
    // What went wrong is on the stream, for whoever sends it.
  });
  return { ...answer, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzip };
}
