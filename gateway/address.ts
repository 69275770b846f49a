import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/**
 * How the address of a client is known to whoever has the raw request: as the framework of the host knows it, which
 * uses the same library. @param trustedProxies addresses and networks whose X-Forwarded-For is believed
 */
export function addressOfClient(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  if (trustedProxies.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const trust = proxyAddr.compile([...trustedProxies]);
  return (request) => proxyAddr.all(request, trust).at(-1) ?? '';
}

/**
 * Who an address is counted as: IPv4 itself, also where IPv6 wraps it; of IPv6 the network of 64 bits, because one
 * subscriber has all the addresses of such a network.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (wrapped) return wrapped;
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const [left, right] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const network = [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
