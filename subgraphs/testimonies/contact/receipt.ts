import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SecretKey } from '../../../kernel/secret-keys.ts';

/** Makes and checks the receipts by which contacts are left (see submission/receipt.query.ts). */
export interface Receipts {
  /** The receipt of a testimony under the first key; null without keys. */
  of(testimony: string): string | null;
  /** Whether it is the receipt of this testimony, under whichever key. */
  match(testimony: string, receipt: string): boolean;
}

/** @param keys those of the contacts; what is made here says nothing about them (RFC 5869) */
export function receiptsUnder(keys: readonly SecretKey[]): Receipts {
  const all = keys.map(({ key }) =>
    createSecretKey(
      Buffer.from(hkdfSync('sha256', key, '', 'services-publics-plus-hub contacts receipt', 32)),
    ),
  );
  const [first] = all;
  return {
    of: (testimony) => (first === undefined ? null : macOf(first, testimony).toString('base64url')),
    match(testimony, receipt) {
      const given = Buffer.from(receipt, 'base64url');
      // Every key is tried, so that time does not tell which one matches.
      return all
        .map((key) => macOf(key, testimony))
        .map((mac) => mac.length === given.length && timingSafeEqual(mac, given))
        .includes(true);
    },
  };
}

const macOf = (key: KeyObject, testimony: string): Buffer =>
  createHmac('sha256', key).update(testimony).digest();
