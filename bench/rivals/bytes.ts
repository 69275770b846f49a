import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import type { Kept } from '../trusted.ts';
import { listen } from './listen.ts';

const [, , file = ''] = process.argv;
const kept = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Kept>));

/** Of the headers, those that say something of the answer: the server writes the others itself. */
const TOLD = ['content-type', 'etag', 'cache-control', 'vary'];
const headersOf = ({ headers }: Kept) =>
  Object.fromEntries(TOLD.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));

const app = fastify();
app.get('/q/*', (request, reply) => {
  const found = kept.get(request.url);
  if (!found) return reply.code(404).send();
  reply.headers(headersOf(found));
  if (request.headers['if-none-match'] === found.headers.etag) return reply.code(304).send();
  return reply.send(found.body);
});
await app.ready();
await listen('bare fastify', app.server);
