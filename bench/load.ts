import autocannon from 'autocannon';
import { databaseCpuMs } from './database-cpu.ts';
import type { Hub } from './hubs.ts';
import type { Page } from './requests.ts';

const CONNECTIONS = 8;

/** One request of a client. */
export interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What one page costs under load. */
export interface Load {
  requests: number;
  perSecond: number;
  /** CPU of the hub's processes; neither PostgreSQL nor the client. */
  cpuMs: number;
  /** CPU of PostgreSQL. */
  databaseCpuMs: number;
  /** Latencies, in milliseconds. */
  p50: number;
  p99: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A page as GraphQL clients post it, once for each set of variables. */
export const posts = ({ query, variables }: Pick<Page, 'query' | 'variables'>): Request[] =>
  variables.map((each) => ({
    method: 'POST',
    path: '/graphql',
    headers: JSON_TYPE,
    body: JSON.stringify({ query, variables: each }),
  }));

/** The answer to one request, as JSON; throws for an answer of GraphQL that is an error. */
export async function ask({ url, name }: Hub, { path, ...request }: Request): Promise<unknown> {
  const response = await fetch(`${url}${path}`, request);
  const text = await response.text();
  const answer = JSON.parse(text) as { data?: object; errors?: object[] };
  if (!response.ok || (request.method === 'POST' && (!answer.data || answer.errors))) {
    throw new Error(`${name}, ${path}: ${text.slice(0, 2000)} for ${(request.body ?? '').slice(-200)}`);
  }
  return answer;
}

/** Refuses to measure answers that are errors: asks the first variables one by one. */
export async function checkAnswers(hub: Hub, requests: readonly Request[]): Promise<void> {
  for (const request of requests.slice(0, 20)) await ask(hub, request);
}

/**
 * Sends requests for so many seconds, one after the other and then from the first again, as eight clients that wait
 * for each answer. Only the statuses of `expected` are answers.
 */
export async function load(
  hub: Hub,
  what: string,
  requests: readonly Request[],
  databaseUrl: string,
  seconds: number,
  expected: (status: string) => boolean = (status) => status === '200',
): Promise<Load> {
  let client = 0;
  const databaseBefore = await databaseCpuMs(databaseUrl);
  const before = await hub.cpuMs();
  const result = await autocannon({
    url: hub.url,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: 10,
    requests,
    // Each client begins elsewhere, else all would ask the same at once and the hub would answer them as one.
    setupClient: (each) => {
      const from = Math.floor((client * requests.length) / CONNECTIONS);
      client += 1;
      each.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  });
  const spent = (await hub.cpuMs()) - before;
  const databaseSpent = (await databaseCpuMs(databaseUrl)) - databaseBefore;
  const { total } = result.requests;
  const { errors, timeouts, statusCodeStats } = result;
  const wrong = Object.keys(statusCodeStats).filter((status) => !expected(status));
  if (total === 0 || errors + timeouts + wrong.length > 0) {
    throw new Error(`${what}, ${hub.name}: ${JSON.stringify({ total, errors, timeouts, statusCodeStats })}`);
  }
  return {
    requests: total,
    perSecond: total / result.duration,
    cpuMs: spent / total,
    databaseCpuMs: databaseSpent / total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
