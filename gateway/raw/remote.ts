import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import { pipeline } from 'node:stream';
import { HubError, isErrorCode } from '../../kernel/errors.ts';
import { log } from '../../kernel/log.ts';
import { filledPath, type RawAddress } from '../../kernel/raw/paths.ts';
import { ANSWER_HEADERS, type RawAnswer, type RawRequest } from '../../kernel/raw/route.ts';
import { ANSWERED } from '../../kernel/raw/serve.ts';
import { Refusal } from '../../kernel/raw/status.ts';
import { sign } from '../../kernel/signature/sign.ts';

export interface Remote {
  /** Name of the subgraph. */
  subgraph: string;
  /** Address of the subgraph's GraphQL: its routes are beside it. */
  url: string;
  secret: string;
  /** When nobody waits for the answer any more, in milliseconds since 1970. */
  deadline: number;
}

/** Largest account of an error that is read, in bytes. */
const LONGEST_ERROR = 64 * 1024;

/**
 * Passes a request on to a subgraph apart, signed, and its answer back, both as streams. Node's own client and not
 * `fetch`: a subgraph may refuse a body before it has read it, and its answer must not be lost for that.
 *
 * @throws HubError what the subgraph's handler threw; SOURCE_UNAVAILABLE when none answered, TIMEOUT
 */
export async function overHttp(
  { viewer, requestId, params, query, headers, body, signal }: RawRequest,
  { method, path }: RawAddress,
  { subgraph, url, secret, deadline }: Remote,
): Promise<RawAnswer> {
  const target = filledPath(path, params, query);
  const address = new URL(url);
  address.pathname =
    address.pathname.replace(/\/graphql$/, '') + filledPath(path, params, new URLSearchParams());
  address.search = query.toString();
  const signature = sign({
    secret,
    audience: subgraph,
    viewer,
    requestId,
    deadline,
    body: { target: `${method} ${target}` },
  });
  const hasBody = method === 'PUT';
  const sent = send(address, hasBody ? body : null, {
    method,
    signal,
    // An upload is rare, and one over a connection that has just been closed could not be sent again.
    agent: false,
    headers: {
      ...signature,
      ...(headers.contentType !== null && { 'content-type': headers.contentType }),
      ...(headers.ifNoneMatch !== null && { 'if-none-match': headers.ifNoneMatch }),
      ...(hasBody && headers.contentLength !== null && { 'content-length': headers.contentLength }),
    },
  });
  // A body that breaks says itself why, one who leaves is told nothing; else the subgraph cannot be reached.
  const response = await sent.catch((error: unknown) => {
    throw error instanceof HubError || signal.aborted ? error : unavailable(error);
  });
  return answerOf(response);
}

/** Sends a request; its answer as soon as it begins, read or unread body alike. */
function send(url: URL, body: RawRequest['body'] | null, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? secure(url, options) : plain(url, options);
    request.once('response', resolve);
    request.on('error', reject);
    if (body === null) request.end();
    else pipeline(body, request, (error) => error && reject(error));
  });
}

async function answerOf(response: IncomingMessage): Promise<RawAnswer> {
  const { statusCode: status = 0 } = response;
  if (response.headers[ANSWERED] === undefined) {
    response.resume();
    if (status === 504) throw new HubError('TIMEOUT', 'The time is over.');
    throw unavailable(new Error(`The subgraph answered ${status} before its handler.`));
  }
  if (status >= 400) throw await errorOf(response, status);
  const kept = ANSWER_HEADERS.flatMap((name) => {
    const value = response.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { status, headers: Object.fromEntries(kept), body: response };
}

/** The error that a handler threw, as the subgraph's server told it. */
async function errorOf(response: IncomingMessage, status: number): Promise<HubError> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += (chunk as Buffer).length;
    if (length > LONGEST_ERROR) break;
    chunks.push(chunk as Buffer);
  }
  try {
    const { errors } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const { code, ...extensions } = errors[0].extensions;
    const { message } = errors[0];
    if (isErrorCode(code) && typeof message === 'string')
      return new Refusal(status, code, message, extensions);
  } catch (cause) {
    return unavailable(cause);
  }
  return unavailable(new Error(`The subgraph answered ${status}.`));
}

function unavailable(cause: unknown): HubError {
  log.warn({ err: cause }, 'a subgraph did not answer beside GraphQL');
  return new HubError('SOURCE_UNAVAILABLE', 'The source is unavailable.', { retryAfterSeconds: 1 });
}
