import { connect } from 'node:net';

/** What came back on a connection before it was closed. */
export interface RawAnswer {
  text: string;
  /** Who ended it: the server, or this side after it had waited long enough. */
  closed: 'by the server' | 'hanging';
}

/** A server that has said nothing for so long, in milliseconds, waits for more: it is told that none will come. */
const SILENCE = 400;

/**
 * Sends bytes as they are, and reads until the server closes the connection. A server that keeps it open for longer
 * than `patience` milliseconds, though nothing more will come, hangs.
 */
export function sendRaw(url: string, bytes: Uint8Array, patience = 20_000): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const done = (closed: RawAnswer['closed']) => {
      clearTimeout(timer);
      clearTimeout(silence);
      socket.destroy();
      resolve({ text: Buffer.concat(chunks).toString('utf8'), closed });
    };
    const timer = setTimeout(done, patience, 'hanging');
    let silence = setTimeout(() => socket.end(), SILENCE);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      clearTimeout(silence);
      silence = setTimeout(() => socket.end(), SILENCE);
    });
    // The server may hang up before it has read everything.
    socket.on('error', () => done('by the server'));
    socket.on('end', () => done('by the server'));
    socket.on('close', () => done('by the server'));
    socket.write(bytes);
  });
}

/** The answers on one connection, each with its status, its headers and what follows. */
export function answersIn({ text }: RawAnswer): { status: number; head: string; body: string }[] {
  return text
    .split(/(?=HTTP\/1\.[01] \d{3} )/)
    .filter((part) => part !== '')
    .map((part) => {
      const [head = '', body = ''] = part.split('\r\n\r\n', 2);
      return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]), head, body };
    });
}
