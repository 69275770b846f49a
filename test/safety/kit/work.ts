import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import { countStatements } from '../../kit/statements.ts';

/** What a request set to work behind the gateway. */
export interface Worked<T> {
  result: T;
  /** SQL statements of resolvers; what the gateway asks of its own register of keys is none. */
  statements: string[];
  /** Paths of requests that came to other servers of this process than the gateway. */
  behind: string[];
}

const STARTED = 'http.server.request.start';

/** Runs `work` and tells what ran behind the gateway that answers at `url`, whichever mode it is in. */
export async function workOf<T>(url: string, work: () => Promise<T>): Promise<Worked<T>> {
  const port = Number(new URL(url).port);
  const behind: string[] = [];
  const listen = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    const { request } = message;
    if (request instanceof IncomingMessage && request.socket.localPort !== port)
      behind.push(request.url ?? '');
  };
  subscribe(STARTED, listen);
  try {
    const { result, statements } = await countStatements(work);
    return { result, statements: statements.filter((text) => !/\bgateway\b/.test(text)), behind };
  } finally {
    unsubscribe(STARTED, listen);
  }
}
