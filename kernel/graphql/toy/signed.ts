import { type RequestToSign, sign } from '../../signature/sign.ts';
import { ANONYMOUS } from '../../viewer.ts';

export const SECRET = 'a secret of the tests, long enough';

/** The headers of a gateway for a body, as right as can be but for what `changes` says. */
export const signedHeaders = (body: string | Uint8Array, changes: Partial<RequestToSign> = {}) => ({
  'content-type': 'application/json',
  ...sign({
    secret: SECRET,
    audience: 'toy',
    viewer: ANONYMOUS,
    requestId: 'request-0001',
    deadline: (changes.time ?? Date.now()) + 10_000,
    body,
    ...changes,
  }),
});

export interface HttpAnswer {
  status: number;
  text: string;
}

/** Posts bytes as they are. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<HttpAnswer> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}
