import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A certificate of `localhost` for a hundred years, and its key, which opens nothing but this server. */
const CERTIFICATE = new URL('tls/certificate.pem', import.meta.url);
const KEY = new URL('tls/key.pem', import.meta.url);

/** A client asks PostgreSQL for TLS with these eight bytes, before anything else. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * The URL of a PostgreSQL behind TLS, until the test ends: a server that speaks it as PostgreSQL does, before one that runs
 * without. Its certificate is verified.
 */
export async function behindTls(databaseUrl: string): Promise<string> {
  const { hostname, port } = new URL(databaseUrl);
  const secret = { key: readFileSync(KEY), cert: readFileSync(CERTIFICATE), isServer: true };
  const open = new Set<Socket>();
  const serve = async (client: Socket) => {
    const [asked] = (await once(client, 'data')) as [Buffer];
    if (!asked.equals(SSL_REQUEST)) return void client.destroy();
    await new Promise((done) => client.write('S', done));
    const secure = new TLSSocket(client, secret);
    const database = connect(Number(port), hostname);
    open.add(database);
    await Promise.all([pipeline(secure, database), pipeline(database, secure)]);
  };
  const server = createServer((client) => {
    open.add(client);
    // Who leaves in the middle ends both ways.
    serve(client).catch(() => client.destroy());
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const target = new URL(databaseUrl);
  target.hostname = 'localhost';
  target.port = String((server.address() as AddressInfo).port);
  target.searchParams.set('sslmode', 'verify-full');
  target.searchParams.set('sslrootcert', fileURLToPath(CERTIFICATE));
  return target.href;
}
