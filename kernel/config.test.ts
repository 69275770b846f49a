import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const ISSUER = 'https://idp.gouv.fr/realm';

test('an identity provider is an issuer and whom its tokens are for', () => {
  expect(readConfig({}).oidc).toBeNull();
  const one = { HUB_OIDC_ISSUER: ISSUER, HUB_OIDC_AUDIENCE: 'hub' };
  expect(readConfig(one).oidc).toEqual({ issuer: ISSUER, audience: ['hub'] });
  const several = { ...one, HUB_OIDC_AUDIENCE: 'hub, https://hub.gouv.fr/' };
  expect(readConfig(several).oidc?.audience).toEqual(['hub', 'https://hub.gouv.fr/']);
});

test.each([
  [{ HUB_OIDC_ISSUER: ISSUER }, 'together'],
  [{ HUB_OIDC_AUDIENCE: 'hub' }, 'together'],
  [{ HUB_OIDC_ISSUER: 'http://idp.gouv.fr', HUB_OIDC_AUDIENCE: 'hub' }, 'HUB_OIDC_ISSUER: expected an https'],
  [{ HUB_OIDC_ISSUER: 'idp', HUB_OIDC_AUDIENCE: 'hub' }, 'HUB_OIDC_ISSUER: expected an https'],
  [{ HUB_OIDC_ISSUER: ISSUER, HUB_OIDC_AUDIENCE: 'hub,,' }, 'HUB_OIDC_AUDIENCE: expected names'],
])('%j is refused', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});
