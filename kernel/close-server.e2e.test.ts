import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { watchConnections } from './close-server.ts';

/** A server that answers when `release` is called. */
async function slowServer() {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (_request, response) => {
    await released;
    response.end('done');
  });
  // Longer than the test may take: only closing ends a connection.
  server.keepAliveTimeout = 600_000;
  server.headersTimeout = 600_000;
  const connections = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => connections.close(() => new Promise((resolve) => server.close(resolve)));
  return { server, port, release, close };
}

test('a connection that never asked anything does not hold the end back', async () => {
  const { port, close } = await slowServer();
  const spare = connect(port, '127.0.0.1');
  await once(spare, 'connect');
  const ended = once(spare, 'close');
  spare.on('error', () => undefined);
  spare.resume();
  await close();
  await ended;
  expect(spare.destroyed).toBe(true);
});

test('a request in flight is answered, and its connection then let go', async () => {
  const { port, release, close, server } = await slowServer();
  const asked = once(server, 'request');
  const answer = fetch(`http://127.0.0.1:${port}/`);
  await asked;
  const closed = close();
  setTimeout(release, 700);
  expect(await (await answer).text()).toBe('done');
  await closed;
});
