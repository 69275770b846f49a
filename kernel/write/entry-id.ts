import { randomBytes } from 'node:crypto';

let last = 0n;

/**
 * A UUID (version 7, RFC 9562) that is greater than all that this process has made: entries of one millisecond stay
 * in their order.
 */
export function nextEntryId(now = Date.now()): string {
  // 48 bits of milliseconds, then 12 that count within one.
  const moment = BigInt(now) << 12n;
  last = moment > last ? moment : last + 1n;
  const hex = last.toString(16).padStart(15, '0');
  const random = randomBytes(8);
  // The variant of RFC 9562: the first two bits are 10.
  random[0] = 0x80 | ((random[0] ?? 0) & 0x3f);
  const rest = random.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(12)}`, rest.slice(0, 4), rest.slice(4)].join('-');
}
