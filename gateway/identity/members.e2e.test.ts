import { afterAll, expect, test } from 'vitest';
import type { ViewerRole } from '../../kernel/viewer.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { AUDIENCE, startIdentityProvider } from '../../test/kit/identity-provider.ts';
import { openIdentity } from './identity.ts';
import { grantMember, listMembers, revokeMember } from './member.query.ts';
import { personId } from './person.ts';
import type { GatewayDatabase } from './tables.ts';

const database = await testDatabase();
const owner = database.connect<GatewayDatabase>('gateway', 'owner');
const provider = await startIdentityProvider();
const { issuer } = provider;
const oidc = { issuer, audience: [AUDIENCE] };
const identity = await openIdentity({ databaseUrl: database.url, oidc });
afterAll(() => identity.close());

const marie = { issuer, subject: 'marie' };
const member = (role: ViewerRole, network: string | null = null) => ({
  ...marie,
  role,
  network,
  structure: null,
  label: 'Marie',
});
const viewerOf = async (token: string) => (await identity.identify(`Bearer ${token}`))?.viewer;

test('a person whom nobody made a member sees what everybody sees', async () => {
  expect(await identity.identify(`Bearer ${await provider.token('paul')}`)).toEqual({
    viewer: { role: 'PUBLIC', subject: personId(issuer, 'paul'), network: null, structure: null },
    id: personId(issuer, 'paul'),
    dailyQuota: null,
  });
});

test('what the token says of a role or a network counts for nothing', async () => {
  const claims = { iss: issuer, aud: AUDIENCE, sub: 'eve', exp: Math.floor(Date.now() / 1000) + 60 };
  const token = provider.sign({
    ...claims,
    role: 'DITP',
    roles: ['DITP'],
    network: 'NET-caf',
    scope: 'audit:read',
  });
  expect(await viewerOf(token)).toMatchObject({ role: 'PUBLIC', network: null });
});

test('a role given, changed and taken away is known within seconds, without a restart', async () => {
  const token = await provider.token();
  expect(await viewerOf(token)).toMatchObject({ role: 'PUBLIC' });
  await grantMember(owner, member('NETWORK_HQ', 'NET-caf'));
  const subject = personId(issuer, 'marie');
  await expect
    .poll(() => viewerOf(token), { timeout: 3000 })
    .toEqual({ role: 'NETWORK_HQ', subject, network: 'NET-caf', structure: null });
  await grantMember(owner, member('ANALYST'));
  await expect
    .poll(() => viewerOf(token), { timeout: 3000 })
    .toMatchObject({ role: 'ANALYST', network: null });
  expect(await revokeMember(owner, marie)).toBe(true);
  expect(await revokeMember(owner, marie)).toBe(false);
  await expect.poll(() => viewerOf(token), { timeout: 3000 }).toMatchObject({ role: 'PUBLIC', subject });
  const history = (await listMembers(owner)).map(({ role, revokedAt }) => [role, revokedAt !== null]);
  expect(history).toEqual([
    ['ANALYST', true],
    ['NETWORK_HQ', true],
  ]);
});

test('a member of another issuer with the same subject is another person', async () => {
  await grantMember(owner, { ...member('DITP'), issuer: 'https://other.example', subject: 'paul' });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await viewerOf(await provider.token('paul'))).toMatchObject({ role: 'PUBLIC' });
});

test('the hub names persons without anything that the provider calls them by', () => {
  const id = personId('https://idp.gouv.fr', 'marie.dupont@caf.fr');
  expect(id).toMatch(/^person:[A-Za-z0-9_-]{22}$/);
  expect(personId('https://idp.gouv.fr', 'marie.dupont@caf.fr')).toBe(id);
  expect(personId('https://idp.gouv.fr', 'marie.dupont@caf.f')).not.toBe(id);
  // No way to write one pair as another.
  expect(personId('a', 'b","c')).not.toBe(personId('a","b', 'c'));
});

test('persons are not counted against a quota', async () => {
  const caller = await identity.identify(`Bearer ${await provider.token()}`);
  expect(caller && (await identity.count(caller))).toBeNull();
});

test('without a database every person is a member of nothing', async () => {
  const alone = await openIdentity({ databaseUrl: null, oidc });
  const caller = await alone.identify(`Bearer ${await provider.token()}`);
  expect(caller?.viewer.role).toBe('PUBLIC');
  await alone.close();
});

test.each([
  ['a refused token', async () => `Bearer ${(await provider.token()).slice(0, -4)}AAAA`],
  ['a token under another scheme', async () => `Token ${await provider.token()}`],
  ['a megabyte', async () => `Bearer ${'e30.'.repeat(250_000)}`],
])('%s is refused with the message of a refused key', async (_case, header) => {
  await expect(identity.identify(await header())).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'The credentials are not valid, or are so no longer.',
    extensions: { code: 'UNAUTHENTICATED' },
  });
});
