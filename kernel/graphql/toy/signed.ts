import { once } from 'node:events';
import { connect } from 'node:net';
import { type RequestToSign, sign } from '../../signature/sign.ts';
import { ANONYMOUS } from '../../viewer.ts';

export const SECRET = 'a secret of the tests, long enough';

/** The headers of a gateway for a body, as right as can be but for what `changes` says. */
export const signedHeaders = (
  body: string | Uint8Array,
  changes: Partial<RequestToSign> = {},
): Record<string, string> => ({
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

/**
 * Sends bytes as they are, each character a byte, and reads what comes until the connection is closed. `later` are
 * bytes that follow after a moment.
 */
export async function raw(
  url: string,
  bytes: string,
  later?: { after: number; bytes: string },
): Promise<HttpAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The server may refuse, and hang up, before it has read everything.
  socket.on('error', () => undefined);
  socket.write(bytes.replace(/\r\n/, '\r\nconnection: close\r\n'), 'latin1');
  if (later) setTimeout(() => socket.write(later.bytes, 'latin1'), later.after - Date.now());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  const answer = Buffer.concat(chunks).toString('utf8');
  const [head = '', text = ''] = answer.split('\r\n\r\n', 2);
  return { status: Number(head.split(' ')[1]), text };
}
