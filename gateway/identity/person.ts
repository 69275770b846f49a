import { createHash } from 'node:crypto';

/**
 * How the hub calls a person, in the audit too: the same in every process, without anything that the provider
 * calls them by. 128 bits of a hash: no two persons share one.
 */
export function personId(issuer: string, subject: string): string {
  const hash = createHash('sha256').update(JSON.stringify([issuer, subject]));
  return `person:${hash.digest('base64url').slice(0, 22)}`;
}
