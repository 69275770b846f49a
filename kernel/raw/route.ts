import type { Readable } from 'node:stream';
import type { Viewer } from '../viewer.ts';

/**
 * What a subgraph does beside GraphQL, over plain HTTP: files, and what must not pass through the graph. The gateway
 * offers it at its own address (`paths.ts`), behind the same credentials, rates and quotas; in one process it calls
 * `handle`, else the subgraph's server, with a signature.
 */
export interface RawRoute {
  method: 'GET' | 'PUT' | 'DELETE';
  /** One of those that the gateway knows. */
  path: RawPath;
  /** Largest body, in bytes; a larger one is refused with 413 while it comes, and the handler's stream breaks. */
  bodyLimit: number;
  /**
   * Answers one request. Decides itself who may: the viewer may be anybody.
   *
   * @throws HubError what the client is told, as JSON, with the status of its code (`status.ts`)
   */
  handle(request: RawRequest): Promise<RawAnswer>;
}

export type RawPath = '/files' | '/files/:id' | '/contacts/:id' | '/export/:file';

/** A request as a handler gets it, whichever way it came. */
export interface RawRequest {
  viewer: Viewer;
  /** Id of the client's request, for audits and logs. */
  requestId: string;
  /** The parts of the path, decoded: well-formed ids. */
  params: Readonly<Record<string, string>>;
  /** What follows the path, as the client wrote it: nothing of it is checked. */
  query: URLSearchParams;
  headers: {
    /** As the client says it, in lower case and without parameters: never to be believed of a file. */
    contentType: string | null;
    /** In bytes; null where it is not known before the end. */
    contentLength: number | null;
    /** Tags of the answers that the client holds. */
    ifNoneMatch: string | null;
  };
  /** The body as it comes, empty without one. It breaks when the client leaves or sends more than the limit. */
  body: Readable;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

export interface RawAnswer {
  status: number;
  /** By lower-case name; see `ANSWER_HEADERS` for those that reach the client. */
  headers: Readonly<Record<string, string>>;
  body: Readable | Buffer | null;
}

/** Headers that a handler may set; no other one travels from a subgraph apart. */
export const ANSWER_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-length',
  'content-security-policy',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'vary',
  'x-publication',
] as const;

/** An answer in JSON, which nobody keeps. */
export function jsonAnswer(status: number, value: object): RawAnswer {
  const body = Buffer.from(JSON.stringify(value));
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.length),
      'cache-control': 'no-store',
    },
    body,
  };
}
