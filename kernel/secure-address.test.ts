import { expect, test } from 'vitest';
import { isSecureAddress } from './secure-address.ts';

test.each([
  ['https://idp.gouv.fr', true],
  ['https://127.0.0.1:8443/x', true],
  ['http://127.0.0.1:3000', true],
  ['http://127.8.8.8', true],
  ['http://localhost:3000/realm', true],
  ['http://[::1]:3000', true],
  ['http://idp.gouv.fr', false],
  ['http://localhost.example.org', false],
  ['http://127.0.0.1.example.org', false],
  ['http://user@example.org#127.0.0.1', false],
  ['ftp://127.0.0.1', false],
  ['file:///etc/passwd', false],
  ['idp.gouv.fr', false],
  ['', false],
])('%j: %s', (address, secure) => {
  expect(isSecureAddress(address)).toBe(secure);
});
