import { pipeline, type Readable, Transform } from 'node:stream';
import { tooLarge } from './status.ts';

/**
 * A body as it comes, chunk by chunk, which breaks with a 413 at the first byte over the limit. When the one who sends
 * leaves, it breaks too: it never looks like the end.
 */
export function limited(body: Readable, limit: number): Readable {
  let seen = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
  pipeline(body, meter, () => {
    // What went wrong is on the stream, for the one who reads it; a stream that nobody reads must not end the process.
  });
  meter.on('error', () => undefined);
  return meter;
}
