import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the pages, ready to send both ways. */
export interface Asset {
  type: string;
  plain: Buffer;
  gzipped: Buffer;
}

const JS = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

const own = (name: string) => () => readFile(new URL(name, import.meta.url), 'utf8');
/** The bundle of GraphiQL weighs 9 MB: it is loaded when somebody opens the explorer, not before. */
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');

const SOURCES: Record<string, { type: string; text: () => Promise<string> }> = {
  'page.css': { type: CSS, text: own('page.css') },
  'page.js': { type: JS, text: own('page.js') },
  'graphiql.css': { type: CSS, text: async () => (await bundle()).css },
  'graphiql.js': { type: JS, text: async () => (await bundle()).js },
  'editorWorkerService.worker.js': { type: JS, text: async () => (await bundle()).editorWorkerService },
  'json.worker.js': { type: JS, text: async () => (await bundle()).jsonWorker },
  'graphql.worker.js': { type: JS, text: async () => (await bundle()).graphqlWorker },
};

const ready = new Map<string, Promise<Asset>>();

/** A file of the explorer by its name; undefined when there is none. Read and compressed once. */
export function asset(name: string): Promise<Asset> | undefined {
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (!source) return undefined;
  let made = ready.get(name);
  if (!made) {
    made = make(source);
    ready.set(name, made);
  }
  return made;
}

async function make({ type, text }: { type: string; text: () => Promise<string> }): Promise<Asset> {
  const plain = Buffer.from(await text());
  return { type, plain, gzipped: await promisify(gzip)(plain) };
}
