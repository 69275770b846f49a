import { MAX_BUDGET } from '../kernel/signature/limits.ts';
import { sign } from '../kernel/signature/sign.ts';
import { environmentName } from './environment.ts';
import type { CallTransport, SubgraphAnswer, SubgraphRequest } from './execution/call.ts';
import type { ReportedError } from './execution/cause.ts';
import type { GatewayOptions, InProcessExecutor } from './options.ts';
import { poster } from './post.ts';
import { subgraphAddresses } from './supergraph.ts';

/** How the gateway reaches its subgraphs, and how it lets go of the connections. */
export interface Transports {
  /** The subgraphs of a supergraph. */
  of(supergraph: string): CallTransport;
  close(): void;
}

/**
 * A subgraph given in process is executed directly, any other is called over HTTP, signed when there is a secret to
 * sign with. Connections outlive a change of the supergraph, under the requests in flight.
 */
export function openTransports({
  inProcess,
  subgraphUrls = {},
  secret,
}: Pick<GatewayOptions, 'inProcess' | 'subgraphUrls' | 'secret'>): Transports {
  const posters = new Map<string, ReturnType<typeof poster>>();
  const posterTo = (url: string) => {
    const known = posters.get(url) ?? poster(url);
    posters.set(url, known);
    return known;
  };
  return {
    of: (supergraph) => {
      const locations = subgraphAddresses(supergraph);
      const opened = new Map<string, CallTransport>();
      const open = (source: string): CallTransport => {
        const local = inProcess?.get(source);
        if (local) return inThisProcess(local);
        const url = addressOf(source, subgraphUrls) ?? locations.get(source);
        if (!url) throw new Error(`The subgraph "${source}" has no address.`);
        return overHttp(posterTo(url), secret);
      };
      return async (request) => {
        const source = request.step.service;
        const known = opened.get(source) ?? open(source);
        opened.set(source, known);
        return known(request);
      };
    },
    close: () => {
      for (const { close } of posters.values()) close();
    },
  };
}

/** The address given for a subgraph, under its name or under the form of it that the environment can hold. */
export function addressOf(name: string, urls: Readonly<Record<string, string>>): string | undefined {
  return urls[name] ?? urls[environmentName(name)];
}

const inThisProcess =
  (subgraph: InProcessExecutor): CallTransport =>
  ({ step: { document, service }, variables, context: { requestKey, requestId, viewer, seen }, signal }) =>
    subgraph.execute({ document, variables, requestKey, requestId, viewer, seen: seen(service), signal });

const PLAIN_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
};

/** Why an answer over HTTP is none, as the log names it. */
class NoAnswer extends Error {
  readonly code: string;
  constructor(code: string) {
    super('The subgraph answered what is no answer of GraphQL.');
    this.code = code;
  }
}

/**
 * Each call is signed over the bytes that are sent: who asks, for which request of a client, until when. What is left
 * of the time becomes a deadline of the signature. Redirections are refused: the signature is for one address. A 401
 * can only be about this signature, which is nothing that the client could mend: to it, the source is unavailable.
 */
const overHttp =
  ({ post }: ReturnType<typeof poster>, secret: string | undefined): CallTransport =>
  async (request) => {
    const { step, budget, signal, context } = request;
    const { requestId, viewer } = context;
    const body = bodyOf(request);
    const deadline = Date.now() + Math.min(budget, MAX_BUDGET);
    const added =
      secret === undefined
        ? { 'x-timeout-ms': String(budget) }
        : sign({ secret, audience: step.service, viewer, requestId, deadline, body });
    const headers = { ...PLAIN_HEADERS, 'x-request-id': requestId, ...added };
    const { status, text } = await post({ headers, body, signal });
    if (status === 401 && secret !== undefined) throw new NoAnswer('SIGNATURE_REFUSED');
    if (status >= 300 && status < 400) throw new NoAnswer('REDIRECTED');
    return answerOf(text);
  };

const texts = new WeakMap<SubgraphRequest['step'], string>();

/** The body of a call; what is the same at each call of a step is written once. */
function bodyOf({ step, variables, context }: SubgraphRequest): string {
  let text = texts.get(step);
  if (text === undefined) {
    const { text: query, operationName } = step;
    text = JSON.stringify({ query, operationName }).slice(0, -1);
    texts.set(step, text);
  }
  const seen = context.seen(step.service);
  const extensions = seen ? `,"extensions":{"seen":${JSON.stringify(seen)}}` : '';
  return variables
    ? `${text},"variables":${JSON.stringify(variables)}${extensions}}`
    : `${text}${extensions}}`;
}

/** What a text says as an answer; nothing guarantees its shape. */
function answerOf(text: string): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new NoAnswer('NO_JSON');
  }
  if (!isRecord(answer)) throw new NoAnswer('NO_RESULT');
  const { data, errors } = answer;
  return Array.isArray(errors) ? { data, errors: errors.filter(isRecord) } : { data };
}

const isRecord = (value: unknown): value is Record<string, unknown> & ReportedError =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
