import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A key as its holder presents it, taken apart; the secret is 256 random bits in base64url. */
export interface PresentedKey {
  id: string;
  secret: string;
}

const PREFIX = 'hub_';
const FORM = /^hub_([a-z2-7]{12})_([A-Za-z0-9_-]{43})$/;

/** Letters and digits that nobody confuses when reading an id aloud. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What an unknown key is compared with: no secret has this hash. */
const NOBODY = Buffer.alloc(32);

export const newKeyId = () => [...randomBytes(12)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

export const newSecret = () => randomBytes(32).toString('base64url');

/** The key as its holder will present it. */
export const formatKey = ({ id, secret }: PresentedKey) => `${PREFIX}${id}_${secret}`;

/** Whether a credential means to be a key; all others are tokens. */
export const looksLikeKey = (credential: string) => credential.startsWith(PREFIX);

/** The parts of a key, or null when it cannot be one of ours. */
export function parseKey(credential: string): PresentedKey | null {
  const [, id, secret] = FORM.exec(credential) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/** The one-way form in which a secret is kept. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Compares in constant time; takes as long when the key is unknown. */
export function isSecretOf(secret: string, kept: Uint8Array | undefined): boolean {
  return timingSafeEqual(hashSecret(secret), kept ?? NOBODY) && kept !== undefined;
}
