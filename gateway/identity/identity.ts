import { HubError } from '../../kernel/errors.ts';
import { connect } from '../../kernel/postgres/database.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { type Grant, viewerOf } from './grant.ts';
import { isSecretOf, looksLikeKey, type PresentedKey, parseKey } from './key.ts';
import { type OidcOptions, Tokens } from './oidc/tokens.ts';
import { personId } from './person.ts';
import { type KnownKey, Register } from './register.ts';
import type { GatewayDatabase } from './tables.ts';
import { KeyUse, type Quota } from './use.ts';

/** Who sent a request, once recognised. */
export interface Caller {
  viewer: Viewer;
  /** Who is counted: `key:<id>` or `person:<…>`. */
  id: string;
  /** Requests per UTC day; null for none. */
  dailyQuota: number | null;
}

/** Recognises callers; it alone decides what credentials are worth. */
export interface Identity {
  /**
   * Who the header `Authorization` names; null without credentials, which makes anybody. Wrong credentials never
   * make anybody of somebody.
   *
   * @throws UNAUTHENTICATED, with the same message whatever is wrong; SOURCE_UNAVAILABLE while what credentials
   *   are worth cannot be known.
   */
  identify(authorization: string | undefined): Promise<Caller | null>;
  /**
   * One more request of a caller: call it once per request that is let in.
   *
   * @returns where the caller stands; null when it has no quota.
   * @throws RATE_LIMITED when the quota of the day is used up; `extensions` tell `limit`, `remaining` and
   *   `retryAfterSeconds`.
   */
  count(caller: Caller): Promise<Quota | null>;
  /** Writes the last counts and lets everything go. */
  close(): Promise<void>;
}

export interface IdentityOptions {
  /** Where keys and members are; null when there are none. */
  databaseUrl: string | null;
  /** null: no token is accepted. */
  oidc: OidcOptions | null;
}

/** Opens on a migrated database; connections are made on first use, so that the order of starts is free. */
export async function openIdentity({ databaseUrl, oidc }: IdentityOptions): Promise<Identity> {
  const db =
    databaseUrl === null
      ? null
      : connect<GatewayDatabase>(databaseUrl, 'gateway', 'agent', { max: 2, statementTimeoutMs: 2000 });
  const register = db && new Register(db);
  const use = db && new KeyUse(db);
  const tokens = oidc && new Tokens(oidc);
  return {
    identify: async (authorization) => {
      if (authorization === undefined) return null;
      const credential = bearer(authorization);
      if (credential === null) throw refusal();
      return looksLikeKey(credential) ? byKey(register, credential) : byToken(register, tokens, credential);
    },
    count: async ({ id, dailyQuota }) =>
      use && id.startsWith(KEY) ? use.count(id.slice(KEY.length), dailyQuota) : null,
    close: async () => {
      await use?.close();
      await db?.destroy();
    },
  };
}

const KEY = 'key:';

/** One message for whatever is wrong: it tells nobody how near they came. */
const refusal = () => new HubError('UNAUTHENTICATED', 'The credentials are not valid, or are so no longer.');

/** What follows `Bearer`; null for any other scheme. */
function bearer(authorization: string): string | null {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

async function byKey(register: Register | null, credential: string): Promise<Caller> {
  const presented = parseKey(credential);
  if (!presented || !register) throw refusal();
  let key = await provenKey(register, presented);
  if (!key) {
    // Whatever is wrong the answer comes after the same read: it may also be a key made this instant.
    await register.renew();
    key = await provenKey(register, presented);
  }
  if (!key) throw refusal();
  const id = `${KEY}${presented.id}`;
  return { viewer: viewerOf(key, id), id, dailyQuota: key.dailyQuota };
}

/** The key that is presented, if it is living and the secret is its own. */
async function provenKey(register: Register, { id, secret }: PresentedKey): Promise<KnownKey | null> {
  const key = await register.key(id);
  // Hashed and compared for unknown keys too, so that all refusals take as long.
  const proven = isSecretOf(secret, key?.secretSha256);
  const expired = key?.expiresAt ? key.expiresAt.getTime() <= Date.now() : false;
  return proven && key && !expired ? key : null;
}

/** A person whom nobody made a member: the provider vouches for who they are, not for what they may. */
const NO_MEMBER: Grant = { role: 'PUBLIC', network: null, structure: null };

async function byToken(register: Register | null, tokens: Tokens | null, token: string): Promise<Caller> {
  const person = await tokens?.read(token);
  if (!person) throw refusal();
  const grant = (await register?.member(person.issuer, person.subject)) ?? NO_MEMBER;
  const id = personId(person.issuer, person.subject);
  return { viewer: viewerOf(grant, id), id, dailyQuota: null };
}
