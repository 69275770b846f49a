import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port, and says where on standard output, as the benchmark expects. */
export function listen(name: string, server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      console.log(`${name} answers at http://127.0.0.1:${port}`);
      resolve();
    });
  });
}
