import { once } from 'node:events';
import { connect } from 'node:net';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { streamBodies } from './exchange.ts';
import { readInTime, takesItsTime } from './patience.ts';

/** A host that reads JSON at `/json`, and streams what comes to `/stream`. */
async function hostOf(patience: number) {
  const app = fastify({ forceCloseConnections: true });
  readInTime(app, patience);
  const read: string[] = [];
  app.post('/json', async ({ body }) => {
    read.push(JSON.stringify(body));
    return 'read';
  });
  await app.register(async (scope) => {
    streamBodies(scope);
    scope.addHook('onRequest', async (request) => takesItsTime(request));
    scope.put('/stream', async ({ body }) => {
      for await (const chunk of body as AsyncIterable<Buffer>) read.push(chunk.toString());
      return 'read';
    });
  });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  return { app, read, port: Number(url.port) };
}

/** Begins a request of ten bytes; what comes back, and a way to send more. */
function begin(port: number, line: string) {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket
    .on('error', () => undefined)
    .on('data', (chunk) => {
      text += chunk.toString();
    });
  socket.write(
    `${line} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"a":`,
  );
  return { socket, answer: () => text };
}

test('a body that does not come is given up, with an answer', async () => {
  const { app, read, port } = await hostOf(50);
  const { socket, answer } = begin(port, 'POST /json');
  await once(socket, 'close');
  expect(answer()).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_USER_INPUT"/);
  expect(read).toEqual([]);
  await app.close();
});

test('one that is streamed has the time of its route', async () => {
  const { app, read, port } = await hostOf(1);
  const { socket, answer } = begin(port, 'PUT /stream');
  await expect.poll(() => read).toEqual(['{"a":']);
  // A request that is given up beside it shows that the time is over.
  await once(begin(port, 'POST /json').socket, 'close');
  socket.write('1234}');
  await expect.poll(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*read$/);
  expect(read.join('')).toBe('{"a":1234}');
  socket.destroy();
  await app.close();
});
