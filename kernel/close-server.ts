import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long, in milliseconds, a connection may wait for its first request while its server closes. */
const PATIENCE = 500;

/**
 * Watches the connections of a server that are open and have sent nothing yet: browsers and HTTP clients open
 * spare ones, which Node does not count as idle and would be waited for until they time out.
 */
export function watchConnections(server: Server): { close(stop: () => Promise<unknown>): Promise<void> } {
  const unused = new Map<Socket, number>();
  server.on('connection', (socket) => {
    unused.set(socket, performance.now());
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  const sweep = () => {
    // One whose answer was on its way when the server began to close is idle only afterwards.
    server.closeIdleConnections();
    for (const [socket, since] of unused) if (performance.now() - since > PATIENCE) socket.destroy();
  };
  return {
    /** Runs `stop`, which lets the requests in flight finish; connections without any do not hold it back. */
    close: async (stop) => {
      const timer = setInterval(sweep, 100);
      try {
        await stop();
      } finally {
        clearInterval(timer);
      }
    },
  };
}
