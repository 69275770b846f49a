import { decodeJwt, errors, jwtVerify } from 'jose';
import { HubError } from '../../../kernel/errors.ts';
import { log } from '../../../kernel/log.ts';
import { discoverKeys } from './discovery.ts';
import { IssuerKeys, type KeyTimes } from './issuer-keys.ts';

/** The identity provider whose tokens are accepted. */
export interface OidcOptions {
  /** As the provider writes it in `iss`. */
  issuer: string;
  /** A token is meant for one of these, or refused. */
  audience: readonly string[];
  /** Other pauses between reads of the provider's keys. */
  times?: Partial<KeyTimes>;
}

/** Signatures whose key may be public. Nothing symmetric, and never `none`. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Access tokens (RFC 9068) and plain ones; not the tokens made for logging out, or for other uses. */
const TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

/** Longest token, in characters; a token of ours is under 2 000. */
const LONGEST = 8192;

/** How far the clocks of the provider and of the hub may be apart, in seconds. */
const SKEW = 30;

/** Who a token is about, within its issuer. */
export interface TokenSubject {
  issuer: string;
  subject: string;
}

/** Reads tokens of one provider. */
export class Tokens {
  readonly #options: OidcOptions;
  readonly #keys: IssuerKeys;

  constructor(options: OidcOptions) {
    this.#options = options;
    this.#keys = new IssuerKeys(() => discoverKeys(options.issuer), options.times);
    this.#keys.prefetch();
  }

  /**
   * Who the token is about; null when it is not good, whatever the reason.
   *
   * @throws SOURCE_UNAVAILABLE while the keys of the provider are not known.
   */
  async read(token: string): Promise<TokenSubject | null> {
    try {
      return await this.#verify(token);
    } catch (error) {
      if (error instanceof HubError) throw error;
      // The code names the rule that was broken; the message may hold a claim.
      log.debug({ reason: error instanceof errors.JOSEError ? error.code : 'OTHER' }, 'a token was refused');
      return null;
    }
  }

  async #verify(token: string): Promise<TokenSubject | null> {
    const { issuer, audience } = this.#options;
    // Tokens that signatures cannot save are not worth a look at the keys, let alone a question to the provider.
    if (token.length > LONGEST || !isWorthVerifying(token, issuer)) return null;
    const { payload, protectedHeader } = await jwtVerify(token, this.#keys.find, {
      issuer,
      audience: [...audience],
      algorithms: ALGORITHMS,
      clockTolerance: SKEW,
      requiredClaims: ['exp', 'sub'],
    });
    const { sub, cnf } = payload;
    // Bound to a key of its holder (RFC 9449, 8705): whoever else presents it has stolen it, and we cannot tell.
    if (cnf !== undefined || !TYPES.has(protectedHeader.typ?.toLowerCase())) return null;
    return typeof sub === 'string' && sub !== '' ? { issuer, subject: sub } : null;
  }
}

/** Whether what the token says of itself could be accepted at all. */
function isWorthVerifying(token: string, issuer: string): boolean {
  const { iss, exp } = decodeJwt(token);
  return iss === issuer && typeof exp === 'number' && exp > Date.now() / 1000 - SKEW;
}
