import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Adapter, Provider } from 'oidc-provider';
import { afterAll } from 'vitest';

/** What the tokens of the tests are meant for. */
export const AUDIENCE = 'https://hub.example.gouv.fr/';

/** Programs that the provider knows; each gets tokens about itself. */
export const CLIENTS = ['marie', 'paul'] as const;

/** An OpenID provider on loopback, the real thing. */
export interface IdentityProvider {
  issuer: string;
  /** A token of the provider's own making (grant `client_credentials`), whose subject is the client. */
  token(client?: (typeof CLIENTS)[number], audience?: string): Promise<string>;
  /** Anything signed with the provider's key (RS256): what it would never sign itself. */
  sign(claims: object, header?: object): string;
  /** The key that it signs with, as everybody may read it. */
  publicKey(): { kid: string; pem: string };
  /** Signs with a new key from now on, and no longer publishes the old one. */
  rotate(): void;
  /** Nobody answers at its address any more; `start` brings it back. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Paths asked so far. */
  requests: string[];
}

/** Starts one, for the length of a test file. Two of them may share the name of their key. */
export async function startIdentityProvider(kid: string = randomUUID()): Promise<IdentityProvider> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    // Else a client that keeps its connection alive would still be answered after `stop`.
    response.setHeader('connection', 'close');
    void answer(request, response);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  let pair = newPair(kid);
  let answer = provider(issuer, pair.jwk).callback();
  const stop = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  afterAll(stop);
  return {
    issuer,
    requests,
    token: (client = 'marie', audience = AUDIENCE) => clientToken(issuer, client, audience),
    sign: (claims, header = {}) => {
      const parts = [{ alg: 'RS256', kid: pair.jwk.kid, typ: 'at+jwt', ...header }, claims];
      const body = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${body}.${createSign('RSA-SHA256').update(body).sign(pair.privateKey, 'base64url')}`;
    },
    publicKey: () => ({
      kid: pair.jwk.kid,
      pem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    }),
    rotate: () => {
      pair = newPair(randomUUID());
      answer = provider(issuer, pair.jwk).callback();
    },
    stop,
    start: () => listen(port),
  };
}

function newPair(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey,
    publicKey,
    jwk: { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
  };
}

/** These tokens carry all there is to know: the provider keeps nothing. */
const NOTHING_KEPT: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
};

const provider = (issuer: string, key: object) =>
  new Provider(issuer, {
    jwks: { keys: [key] },
    adapter: () => NOTHING_KEPT,
    ttl: { ClientCredentials: 300 },
    clients: CLIENTS.map((client_id) => ({
      client_id,
      client_secret: `secret of ${client_id}`,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          audience,
          scope: '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });

async function clientToken(issuer: string, client: string, resource: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent(`secret of ${client}`)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer)
    return String(answer.access_token);
  throw new Error(`The provider gave no token: ${JSON.stringify(answer)}`);
}
