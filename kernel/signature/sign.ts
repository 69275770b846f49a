import { randomUUID } from 'node:crypto';
import type { Viewer } from '../viewer.ts';
import {
  HEADERS,
  hashOf,
  rawUse,
  SIGNATURE_HEADER,
  type SignedFields,
  STREAM,
  signatureOf,
} from './format.ts';
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
  /** Exactly what is sent; for a request beside GraphQL what it is for, such as `PUT /files` (see `rawUse`). */
  body: string | Uint8Array | { target: string };
  /** Now, in milliseconds since 1970; for tests. */
  time?: number;
  nonce?: string;
}

/** The headers to add to the request; see `HEADERS`. They are good for one request. */
export function sign(request: RequestToSign): Record<string, string> {
  const { body } = request;
  const streamed = typeof body === 'object' && 'target' in body;
  const fields: SignedFields = {
    audience: encodeURIComponent(request.audience),
    viewer: encodeViewer(request.viewer),
    requestId: request.requestId,
    time: String(Math.floor(request.time ?? Date.now())),
    deadline: String(Math.floor(request.deadline)),
    nonce: request.nonce ?? randomUUID(),
    body: streamed ? STREAM : hashOf(body),
  };
  return {
    [HEADERS.audience]: fields.audience,
    [HEADERS.viewer]: fields.viewer,
    [HEADERS.requestId]: fields.requestId,
    [HEADERS.time]: fields.time,
    [HEADERS.deadline]: fields.deadline,
    [HEADERS.nonce]: fields.nonce,
    [HEADERS.body]: fields.body,
    [SIGNATURE_HEADER]: signatureOf(request.secret, fields, streamed ? rawUse(body.target) : undefined),
  };
}
