import type { GraphQLSchema } from 'graphql';
import { type Answer, send } from '../kit/hub.ts';
import type { Route } from './route.ts';
import { fill, type View, type Views } from './samples.ts';

/** Where one caller asks, and what is known of the graph. */
export interface Desk {
  url: string;
  /** Nobody's when undefined. */
  key: string | undefined;
  /** The internal contract, and the public one. */
  whole: GraphQLSchema;
  open: GraphQLSchema;
  routes: ReadonlyMap<string, Route>;
  views: Views;
}

/** One answer, as it came and read. */
export interface Asked extends Answer<unknown> {
  text: string;
  /** Its headers, one a line, without those that are of this one answer. */
  headers: string;
}

const OF_ONE_ANSWER = new Set(['date', 'x-request-id', 'content-length', 'connection', 'keep-alive']);

const headerLines = (headers: Headers): string =>
  [...headers].flatMap(([name, value]) => (OF_ONE_ANSWER.has(name) ? [] : [`${name}: ${value}`])).join('\n');

/** Asks a document, its placeholders filled in as one view says. */
export async function askAt({ url, key, views }: Desk, document: string, view: View = 'own'): Promise<Asked> {
  const { status, headers, text } = await send(url, fill(document, views, view), {}, { key });
  return { status, text, headers: headerLines(headers), ...JSON.parse(text) };
}

/** The codes of the errors of an answer. */
export const codesOf = ({ errors = [] }: Answer<unknown>): unknown[] =>
  errors.map(({ extensions }) => extensions.code);

/** Work on each item, a few at a time: the hub and its clients share two cores. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
