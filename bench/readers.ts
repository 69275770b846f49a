import type { Hub } from './hubs.ts';
import type { Page } from './requests.ts';

/** Milliseconds between two requests of the readers. */
const EVERY = 250;

/** Readers at work: a few requests a second, each page in turn, whatever the time of the answers. */
export interface Readers {
  /** Milliseconds that the answers took since last asked, and what was said where none came, page by page. */
  take(): { times: number[]; failures: string[] };
  stop(): Promise<void>;
}

export function startReaders({ url }: Hub, pages: readonly Page[]): Readers {
  let asked = 0;
  let found = { times: [] as number[], failures: [] as string[] };
  const waiting = new Set<Promise<void>>();
  const ask = async ({ name, query, variables }: Page) => {
    const started = performance.now();
    const body = JSON.stringify({ query, variables: variables[asked % variables.length] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
      .then((response) => response.json() as Promise<{ errors?: object[] }>)
      .catch((error: unknown) => ({ errors: [{ message: String(error) }] }));
    if (answer.errors) found.failures.push(`${name}: ${JSON.stringify(answer.errors[0])}`);
    else found.times.push(performance.now() - started);
  };
  const timer = setInterval(() => {
    const page = pages[asked % pages.length];
    asked += 1;
    if (page === undefined) return;
    const one = ask(page).finally(() => waiting.delete(one));
    waiting.add(one);
  }, EVERY);
  return {
    take: () => {
      const taken = found;
      found = { times: [], failures: [] };
      return taken;
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(waiting);
    },
  };
}
