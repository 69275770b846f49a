import autocannon from 'autocannon';
import { databaseCpuMs } from './database-cpu.ts';
import type { Hub } from './hubs.ts';
import type { Page } from './requests.ts';

const CONNECTIONS = 8;

/** What one page costs under load. */
export interface Load {
  requests: number;
  perSecond: number;
  /** CPU of the hub's processes; neither PostgreSQL nor the client. */
  cpuMs: number;
  /** CPU of PostgreSQL. */
  databaseCpuMs: number;
  p50: number;
}

const bodies = ({ query, variables }: Page) =>
  variables.map((each) => JSON.stringify({ query, variables: each }));

/** Refuses to measure answers that are errors: asks the first variables one by one. */
export async function checkAnswers({ url, name }: Hub, page: Page): Promise<void> {
  for (const body of bodies(page).slice(0, 20)) {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: JSON_TYPE, body });
    const answer = (await response.json()) as { data?: object; errors?: object[] };
    if (!answer.data || answer.errors) {
      throw new Error(`${page.name}, ${name}: ${JSON.stringify(answer.errors)} for ${body.slice(-200)}`);
    }
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Asks a page with distinct variables for so many seconds, as eight clients that wait for each answer. */
export async function load(hub: Hub, page: Page, databaseUrl: string, seconds: number): Promise<Load> {
  const requests = bodies(page).map((body) => ({ method: 'POST' as const, headers: JSON_TYPE, body }));
  let client = 0;
  const databaseBefore = await databaseCpuMs(databaseUrl);
  const before = await hub.cpuMs();
  const result = await autocannon({
    url: `${hub.url}/graphql`,
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
  if (total === 0 || result.errors + result.timeouts + result.non2xx > 0) {
    const { errors, timeouts, non2xx } = result;
    throw new Error(`${page.name}, ${hub.name}: ${JSON.stringify({ total, errors, timeouts, non2xx })}`);
  }
  return {
    requests: total,
    perSecond: total / result.duration,
    cpuMs: spent / total,
    databaseCpuMs: databaseSpent / total,
    p50: result.latency.p50,
  };
}
