import { randomUUID } from 'node:crypto';
import type { Viewer } from '../viewer.ts';
import { HEADERS, hashOf, SIGNATURE_HEADER, type SignedFields, signatureOf } from './format.ts';
import { encodeViewer } from './identity.ts';

/** One request that a gateway is about to send. */
export interface RequestToSign {
  secret: string;
  /** Name of the subgraph, as in the supergraph. */
  audience: string;
  viewer: Viewer;
  /** 1 to 128 letters, digits or `._:-`. */
  requestId: string;
  /** When nobody waits for the answer any more, in milliseconds since 1970. */
  deadline: number;
  /** Exactly what is sent. */
  body: string | Uint8Array;
  /** Now, in milliseconds since 1970; for tests. */
  time?: number;
  nonce?: string;
}

/** The headers to add to the request; see `HEADERS`. They are good for one request. */
export function sign(request: RequestToSign): Record<string, string> {
  const fields: SignedFields = {
    audience: encodeURIComponent(request.audience),
    viewer: encodeViewer(request.viewer),
    requestId: request.requestId,
    time: String(Math.floor(request.time ?? Date.now())),
    deadline: String(Math.floor(request.deadline)),
    nonce: request.nonce ?? randomUUID(),
    body: hashOf(request.body),
  };
  return {
    [HEADERS.audience]: fields.audience,
    [HEADERS.viewer]: fields.viewer,
    [HEADERS.requestId]: fields.requestId,
    [HEADERS.time]: fields.time,
    [HEADERS.deadline]: fields.deadline,
    [HEADERS.nonce]: fields.nonce,
    [HEADERS.body]: fields.body,
    [SIGNATURE_HEADER]: signatureOf(request.secret, fields),
  };
}
