import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { HubError } from '../errors.ts';
import type { RawAnswer, RawRequest } from '../raw/route.ts';
import { MEDIA_TYPES } from './formats.ts';
import type { AskedExport } from './request.ts';
import { openSnapshot, piecesIn, stateIn } from './rows.ts';
import type { ExportState } from './set.ts';
import { copied, exportBytes } from './stream.ts';

/** Where the rows are. */
export interface ExportPlace {
  databaseUrl: string;
  subgraph: string;
}

/**
 * The rows of an export as the body of an answer, from one moment of the database. The statement stops with the
 * client.
 *
 * @throws HubError CONFLICT when `after` is of another publication than the present one
 */
export async function answerExport(
  place: ExportPlace,
  asked: AskedExport,
  { headers: { ifNoneMatch }, query, signal }: Pick<RawRequest, 'headers' | 'query' | 'signal'>,
): Promise<RawAnswer> {
  const snapshot = await openSnapshot(place.databaseUrl, place.subgraph);
  const leave = () => void snapshot.abandon();
  signal.addEventListener('abort', leave, { once: true });
  try {
    signal.throwIfAborted();
    const state = await stateIn(snapshot, asked);
    const headers = headersOf(asked, state, tagOf(asked, state, query));
    if (ifNoneMatch !== null && ifNoneMatch.split(/\s*,\s*/).includes(headers.etag)) {
      await snapshot.close();
      return { status: 304, headers, body: null };
    }
    if (asked.publication !== null && asked.publication !== state.version) {
      throw new HubError('CONFLICT', 'Something was published meanwhile: begin again.', {
        publication: state.version,
      });
    }
    const pieces = await piecesIn(snapshot, asked);
    const bytes = copied(exportBytes(snapshot, asked, pieces, state.version));
    return { status: 200, headers, body: Readable.from(bytes, { objectMode: false, signal }) };
  } catch (error) {
    await snapshot.abandon();
    throw error;
  }
}

/** Weak: an answer that is compressed on its way keeps it. */
function tagOf(
  { set, format, layout }: AskedExport,
  { version }: ExportState,
  query: URLSearchParams,
): string {
  const what = JSON.stringify([set.name, format, layout, version, [...query].sort()]);
  return `W/"${createHash('sha256').update(what).digest('base64url').slice(0, 27)}"`;
}

function headersOf({ set, format, after }: AskedExport, state: ExportState, etag: string) {
  const name = after === null ? set.name : `${set.name}-suite`;
  return {
    'content-type': MEDIA_TYPES[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
    // Held by its caller, who asks each time whether it still holds.
    'cache-control': 'private, no-cache',
    vary: 'authorization, accept-encoding',
    etag,
    'x-publication': state.version,
    ...(state.modified && { 'last-modified': state.modified.toUTCString() }),
  };
}
