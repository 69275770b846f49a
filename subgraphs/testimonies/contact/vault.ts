import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { HubError } from '../../../kernel/errors.ts';
import type { SecretKey } from '../../../kernel/secret-keys.ts';
import { type ContactDetails, normalisedEmail } from './contact.ts';

/** Contact details as the database keeps them. */
export interface Sealed {
  keyId: string;
  /** 96 random bits, new at each writing. One key stands for 2^32 of them, far more than there are authors. */
  nonce: Buffer;
  /** AES-256-GCM, its tag of 16 bytes last. */
  ciphertext: Buffer;
  /** HMAC-SHA-256 of the e-mail address: equal addresses under one key give equal bytes, and nothing else shows. */
  emailIndex: Buffer;
}

/** Seals and opens contact details under the configured keys. */
export interface Vault {
  /** Ids of the keys, the one that encrypts first; empty when none is configured. */
  readonly keyIds: readonly string[];
  /** @throws SOURCE_UNAVAILABLE when no key is configured: nothing is ever kept in clear. */
  seal(testimonyId: string, details: ContactDetails): Sealed;
  /** @throws Error naming the testimony and the key, when the key is not here or the bytes are not what was sealed. */
  open(testimonyId: string, sealed: Sealed): ContactDetails;
  /** Under each key, what the index of this address would be. @throws as `seal`; BAD_USER_INPUT for no address. */
  emailIndexes(email: string): Buffer[];
}

interface VaultKey {
  id: string;
  encryption: KeyObject;
  index: KeyObject;
}

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
/** Details are filled up to a multiple of this, so that their length tells nothing of the address. */
const BLOCK_BYTES = 128;

/** No key is configured: contact details are neither kept in clear nor under a key that nobody keeps. */
export const withoutKeys = () =>
  new HubError(
    'SOURCE_UNAVAILABLE',
    'Contact details cannot be kept or looked for here: no key is configured.',
    { source: 'contacts' },
  );

/** @param keys as configured, the one that encrypts first; none makes a vault that refuses to seal */
export function openVault(keys: readonly SecretKey[]): Vault {
  const all: VaultKey[] = keys.map(({ id, key }) => ({
    id,
    encryption: derived(key, 'details'),
    index: derived(key, 'e-mail index'),
  }));
  const first = () => {
    if (all[0]) return all[0];
    throw withoutKeys();
  };
  return {
    keyIds: all.map(({ id }) => id),
    seal(testimonyId, { email, phone, postalCode }) {
      const { id, encryption, index } = first();
      const nonce = randomBytes(12);
      const cipher = createCipheriv(CIPHER, encryption, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(testimonyId, id));
      const body = Buffer.concat([cipher.update(filledUp({ email, phone, postalCode })), cipher.final()]);
      const ciphertext = Buffer.concat([body, cipher.getAuthTag()]);
      return { keyId: id, nonce, ciphertext, emailIndex: indexOf(index, email) };
    },
    open(testimonyId, { keyId, nonce, ciphertext }) {
      const key = all.find(({ id }) => id === keyId);
      if (!key)
        throw new Error(
          `The contact of ${testimonyId} is under the key "${keyId}", which is not configured.`,
        );
      try {
        const decipher = createDecipheriv(CIPHER, key.encryption, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(boundTo(testimonyId, keyId));
        decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
        const text = Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
        return JSON.parse(text.toString('utf8'));
      } catch {
        throw new Error(
          `The contact of ${testimonyId} does not open with the key "${keyId}": it is not what was sealed.`,
        );
      }
    },
    emailIndexes: (email) => {
      first();
      return all.map(({ index }) => indexOf(index, email));
    },
  };
}

/** A key per purpose, so that what one of them is used for says nothing about the other (RFC 5869). */
const derived = (key: KeyObject, purpose: string): KeyObject =>
  createSecretKey(
    Buffer.from(hkdfSync('sha256', key, '', `services-publics-plus-hub contacts ${purpose}`, 32)),
  );

/** What a ciphertext is worth nothing without: the row it was made for. */
const boundTo = (testimonyId: string, keyId: string): Buffer =>
  Buffer.from(JSON.stringify(['contacts', 'contact', testimonyId, keyId]));

function filledUp(details: ContactDetails): Buffer {
  const text = Buffer.from(JSON.stringify(details));
  const filling = (BLOCK_BYTES - (text.length % BLOCK_BYTES)) % BLOCK_BYTES;
  return Buffer.concat([text, Buffer.alloc(filling, ' ')]);
}

const indexOf = (key: KeyObject, email: string): Buffer =>
  createHmac('sha256', key).update(normalisedEmail(email)).digest();
