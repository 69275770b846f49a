import { isErrorCode } from '../../../kernel/errors.ts';
import { leakIn } from './leak.ts';

/** Codes of a request that GraphQL itself refuses, beside the closed list of the hub. */
const OF_GRAPHQL = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'PERSISTED_QUERY_NOT_FOUND'];

export const isKnownCode = (code: unknown) => isErrorCode(code) || OF_GRAPHQL.some((known) => known === code);

/** One request as it is sent; POST /graphql with what GraphQL clients accept, unless it says otherwise. */
export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** An answer, read whole. */
export interface Got {
  status: number;
  headers: Headers;
  text: string;
}

/** An error as clients read it. */
export interface TellingError {
  message: string;
  path?: (string | number)[];
  extensions: Record<string, unknown> & { code: string };
}

export const GRAPHQL_JSON = 'application/graphql-response+json';

export async function request(url: string, { method = 'POST', path = '/graphql', headers, body }: Sent) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      accept: GRAPHQL_JSON,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** An operation as the body of a POST. */
export const operation = (query: string, variables?: unknown): Sent => ({
  body: JSON.stringify({ query, variables }),
});

/** With the key of a caller, if there is one. */
export const as = (key: string | undefined, sent: Sent): Sent =>
  key === undefined ? sent : { ...sent, headers: { ...sent.headers, authorization: `Bearer ${key}` } };

export function errorsOf({ text }: Got): TellingError[] {
  const { errors = [] }: { errors?: TellingError[] } = JSON.parse(text);
  return errors;
}

/** What else the first error tells. */
export const firstExtensions = (got: Got): Record<string, unknown> => errorsOf(got)[0]?.extensions ?? {};

/** Status and codes of a refusal, and what is wrong with it: nothing, if it is as every refusal must be. */
export function refusalOf(got: Got) {
  const errors = errorsOf(got);
  const codes = [...new Set(errors.map(({ extensions }) => extensions.code))].sort();
  return { status: got.status, codes, wrong: wrongWith(got, errors) };
}

/** What no answer may be. A refusal holds at most 20 errors and 10 kB, and no data. */
function wrongWith(got: Got, errors: readonly TellingError[]): string[] {
  const { headers, text } = got;
  const type = headers.get('content-type') ?? '';
  const leak = leakIn(everything(got));
  return [
    /^application\/(graphql-response\+)?json(;|$)/.test(type) ? '' : `content type ${type}`,
    /^[\w.:-]{8,64}$/.test(headers.get('x-request-id') ?? '') ? '' : 'no request id',
    errors.every(({ extensions }) => isKnownCode(extensions.code)) ? '' : 'a code that nobody knows',
    errors.length <= 20 ? '' : `${errors.length} errors`,
    Buffer.byteLength(text) < 10_000 ? '' : `${Buffer.byteLength(text)} bytes`,
    leak ?? '',
  ].filter((wrong) => wrong !== '');
}

/** Headers and body as one text, without what the host of any server says of itself. */
export const everything = ({ headers, text }: Got): string =>
  `${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${text}`;
