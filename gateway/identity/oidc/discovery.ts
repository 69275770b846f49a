import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { isSecureAddress } from '../../../kernel/secure-address.ts';

/** Longest wait for one answer of the provider, in milliseconds, and longest answer, in bytes. */
const PATIENCE = 5000;
const LONGEST = 256 * 1024;

const METADATA = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Of a key only its kind matters here; `jose` reads the rest. Symmetric keys have no business in public. */
const KEYS = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });
const PUBLIC_KINDS = new Set(['RSA', 'EC', 'OKP']);

/**
 * The keys that an OpenID provider signs with today, found through its discovery document (OpenID Connect Discovery
 * 1.0, section 4).
 *
 * @throws Error when the provider does not answer, or answers for another issuer; for the log, not for callers.
 */
export async function discoverKeys(issuer: string): Promise<JSONWebKeySet> {
  if (!isSecureAddress(issuer)) throw new Error('The issuer must be an https address.');
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri } = METADATA.parse(await fetchJson(address));
  // Section 4.3: the very same text, else another provider could answer for this one.
  if (named !== issuer) throw new Error('The discovery document names another issuer.');
  if (!isSecureAddress(jwks_uri)) throw new Error('The address of the keys is not https.');
  const { keys } = KEYS.parse(await fetchJson(jwks_uri));
  return { keys: keys.filter(({ kty }) => PUBLIC_KINDS.has(kty)) };
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    // A redirection could lead to where nothing was checked.
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.status !== 200) throw new Error(`The provider answered with the status ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > LONGEST) throw new Error('The answer of the provider is too long.');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
