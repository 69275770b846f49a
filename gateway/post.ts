import { Agent as PlainAgent, request as plain, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';
import { urlToHttpOptions } from 'node:url';

/** What a subgraph answered, read to its end. */
export interface Posted {
  status: number;
  text: string;
}

/** One text for one address. */
export interface ToPost {
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Ends the connection when nobody waits any more. */
  signal: AbortSignal;
}

/** No answer began: nothing says that anybody read the request. */
export class ConnectionFailed extends Error {
  override name = 'ConnectionFailed';
}

/**
 * Posts to one address over connections that stay open. Node's own client, because a call of a plan is a text there
 * and a text back: `fetch` makes a request, a response, two streams and signals of each. Redirections are answers.
 */
export function poster(address: string): { post(request: ToPost): Promise<Posted>; close(): void } {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true });
  const options: RequestOptions = { ...urlToHttpOptions(url), method: 'POST', agent };
  const open = isSecure ? secure : plain;
  return {
    post: ({ headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const request = open({ ...options, headers });
        request.on('error', (cause) => reject(new ConnectionFailed('No answer began.', { cause })));
        request.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          );
        });
        signal.addEventListener('abort', () => request.destroy(), { once: true });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}
