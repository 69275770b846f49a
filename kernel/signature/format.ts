import { createHash, createHmac } from 'node:crypto';

/**
 * The headers that a gateway adds to each request it sends to a subgraph, and that the subgraph asks for:
 *
 * | header | value |
 * |---|---|
 * | `hub-audience` | name of the subgraph that the request is for, percent-encoded |
 * | `hub-viewer` | who asks: the viewer as JSON, its keys in the order of `encodeViewer`, in base64url |
 * | `hub-request-id` | id of the client's request, for logs and audits |
 * | `hub-time` | when it was signed, in milliseconds since 1970 by the clock of the gateway |
 * | `hub-deadline` | when nobody waits for the answer any more, likewise |
 * | `hub-nonce` | names this one request: no other has the same |
 * | `hub-body` | SHA-256 of the bytes of the body, 64 lower-case hexadecimal digits; `stream`, see `rawUse` |
 * | `hub-signature` | `v1=` and the HMAC-SHA256 of all of the above, 64 lower-case hexadecimal digits |
 *
 * That the hash of the body is a header lets a subgraph refuse a request before it reads the body.
 */
export const HEADERS = {
  audience: 'hub-audience',
  viewer: 'hub-viewer',
  requestId: 'hub-request-id',
  time: 'hub-time',
  deadline: 'hub-deadline',
  nonce: 'hub-nonce',
  body: 'hub-body',
} as const;
export const SIGNATURE_HEADER = 'hub-signature';

/** What is signed, each as its header holds it. */
export type SignedFields = Readonly<Record<keyof typeof HEADERS, string>>;
export const FIELDS: readonly (keyof SignedFields)[] = [
  'audience',
  'viewer',
  'requestId',
  'time',
  'deadline',
  'nonce',
  'body',
];

/** First of what is signed: the form, and what it is for. Another kind of request needs another one. */
const GRAPHQL = 'hub graphql request, v1';

/** The value of the header of the body where the body is a stream. */
export const STREAM = 'stream';

/**
 * What a request beside GraphQL is signed for: its method and path, such as `PUT /files`. Its body is streamed, up to
 * megabytes: it cannot be hashed before it is sent without being held whole, on disk or in memory, which is what
 * streaming avoids. So the signature says who asks, what for, until when, and once; that the bytes are those of
 * the client is for the connection between gateway and subgraph to ensure. A signature for GraphQL is none for this, nor
 * the other way round.
 */
export const rawUse = (target: string): string => `hub raw request, v1, ${target}`;

/**
 * What the HMAC is computed over: for each field a line `name:length:value`, the length in bytes. No two sets of
 * fields give the same text, whatever their values hold.
 */
export function canonical(fields: SignedFields, use: string = GRAPHQL): string {
  const lines = FIELDS.map((name) => `${name}:${Buffer.byteLength(fields[name])}:${fields[name]}\n`);
  return `${use}\n${lines.join('')}`;
}

/** The value of the header of the signature. */
export const signatureOf = (secret: string, fields: SignedFields, use?: string): string =>
  `v1=${createHmac('sha256', secret).update(canonical(fields, use)).digest('hex')}`;

/** The value of the header of the body. */
export const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');
