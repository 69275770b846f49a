import { timingSafeEqual } from 'node:crypto';
import type { Viewer } from '../viewer.ts';
import {
  FIELDS,
  HEADERS,
  hashOf,
  rawUse,
  SIGNATURE_HEADER,
  type SignedFields,
  STREAM,
  signatureOf,
} from './format.ts';
import { decodeViewer } from './identity.ts';
import { MAX_AGE, MAX_BUDGET } from './limits.ts';

/** What a gateway said of a request, once it is sure that a gateway said it. */
export interface SignedRequest {
  viewer: Viewer;
  requestId: string;
  /** When nobody waits for the answer any more, in milliseconds since 1970. */
  deadline: number;
  /** No other request has it. */
  nonce: string;
  /** From this moment on the request would be refused anyway. */
  expires: number;
  /** SHA-256 of the body that was signed; `stream` for one beside GraphQL. */
  body: string;
}

/**
 * Why a request is refused; for the log only. All but `unsigned`, `malformed` and `signature` happened to a
 * request that a holder of a secret did sign.
 */
export type Refusal =
  | 'unsigned'
  | 'malformed'
  | 'signature'
  | 'audience'
  | 'time'
  | 'deadline'
  | 'late'
  | 'identity'
  | 'body'
  | 'replayed'
  | 'memory';

export type Verdict = { signed: SignedRequest } | { refusal: Refusal };

export interface RequestToVerify {
  /** Any of them will do, so that secrets can be changed without a stop. */
  secrets: readonly string[];
  /** Name of the subgraph that asks. */
  audience: string;
  /** By lower-case name, as Node gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** In milliseconds since 1970. */
  now: number;
  /** What a request beside GraphQL is for, such as `PUT /files`; its body has no hash. */
  target?: string | undefined;
}

/** The only form that each field may have; what is beside it is refused unread. */
const FORMS: Readonly<Record<keyof SignedFields, RegExp>> = {
  audience: /^[\w.!~*'()%-]{1,512}$/,
  viewer: /^[\w-]{1,4096}$/,
  requestId: /^[\w.:-]{1,128}$/,
  time: /^[1-9]\d{12}$/,
  deadline: /^[1-9]\d{12}$/,
  nonce: /^[\w-]{16,64}$/,
  body: /^[0-9a-f]{64}$/,
};
const STREAMED = new RegExp(`^${STREAM}$`);
const SIGNATURE_FORM = /^v1=[0-9a-f]{64}$/;

/**
 * Verifies the headers of a request. Its body is still to be held against `signed.body` with `isBodyOf`, and its
 * nonce to be remembered (`Nonces`).
 *
 * `late` is a request that is right and that nobody waits for any more. The clocks of gateway and subgraph must
 * agree: a deadline is a few seconds away.
 */
export function verify({ secrets, audience, headers, now, target }: RequestToVerify): Verdict {
  const signature = headers[SIGNATURE_HEADER];
  if (signature === undefined) return { refusal: 'unsigned' };
  const fields = fieldsOf(headers, target === undefined ? FORMS.body : STREAMED);
  if (!fields || typeof signature !== 'string' || !SIGNATURE_FORM.test(signature))
    return { refusal: 'malformed' };
  const use = target === undefined ? undefined : rawUse(target);
  if (!isSigned(fields, signature, secrets, use)) return { refusal: 'signature' };
  if (fields.audience !== encodeURIComponent(audience)) return { refusal: 'audience' };
  const time = Number(fields.time);
  const deadline = Number(fields.deadline);
  if (Math.abs(now - time) > MAX_AGE) return { refusal: 'time' };
  if (deadline < time || deadline - time > MAX_BUDGET) return { refusal: 'deadline' };
  const viewer = decodeViewer(fields.viewer);
  if (!viewer) return { refusal: 'identity' };
  if (deadline <= now) return { refusal: 'late' };
  const { requestId, nonce, body } = fields;
  const expires = Math.min(deadline, time + MAX_AGE + 1);
  return { signed: { viewer, requestId, deadline, nonce, expires, body } };
}

/** Whether these bytes are the body that was signed. */
export const isBodyOf = (signed: SignedRequest, body: Uint8Array): boolean =>
  equal(hashOf(body), signed.body);

function fieldsOf(headers: RequestToVerify['headers'], body: RegExp): SignedFields | null {
  const fields: Partial<Record<keyof SignedFields, string>> = {};
  const forms = { ...FORMS, body };
  for (const name of FIELDS) {
    const value = headers[HEADERS[name]];
    if (typeof value !== 'string' || !forms[name].test(value)) return null;
    fields[name] = value;
  }
  return isWhole(fields) ? fields : null;
}

const isWhole = (fields: Partial<Record<keyof SignedFields, string>>): fields is SignedFields =>
  FIELDS.every((name) => fields[name] !== undefined);

/** Tries every secret, so that the time it takes does not tell which one was right. */
function isSigned(
  fields: SignedFields,
  signature: string,
  secrets: readonly string[],
  use: string | undefined,
): boolean {
  let found = false;
  for (const secret of secrets) found = equal(signatureOf(secret, fields, use), signature) || found;
  return found;
}

/** Compares two texts of one length in a time that does not depend on where they differ. */
const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
