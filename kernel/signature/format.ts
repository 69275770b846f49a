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
 * | `hub-body` | SHA-256 of the bytes of the body, 64 lower-case hexadecimal digits |
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
const USE = 'hub graphql request, v1';

/**
 * What the HMAC is computed over: for each field a line `name:length:value`, the length in bytes. No two sets of
 * fields give the same text, whatever their values hold.
 */
export function canonical(fields: SignedFields): string {
  const lines = FIELDS.map((name) => `${name}:${Buffer.byteLength(fields[name])}:${fields[name]}\n`);
  return `${USE}\n${lines.join('')}`;
}

/** The value of the header of the signature. */
export const signatureOf = (secret: string, fields: SignedFields): string =>
  `v1=${createHmac('sha256', secret).update(canonical(fields)).digest('hex')}`;

/** The value of the header of the body. */
export const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');
