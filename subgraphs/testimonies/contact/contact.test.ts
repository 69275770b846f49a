import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { checkedContact, normalisedEmail } from './contact.ts';
import { contactOf, ZOE } from './fixtures/authors.ts';

test('a contact is kept as it was given, without blanks around; only the address is needed', () => {
  expect(checkedContact(contactOf('TEM-1', { email: ' zoe@exemple.fr\n' }))).toEqual(
    contactOf('TEM-1', { email: 'zoe@exemple.fr' }),
  );
  const bare = contactOf('TEM-1', { phone: null, postalCode: null });
  expect(checkedContact(bare)).toEqual(bare);
});

test.each([
  ['testimonyId', 'REP-1'],
  ['testimonyId', 'TEM-'],
  ['testimonyId', 'TEM-1 or 1=1'],
  ['email', 'zoe'],
  ['email', 'zoe@exemple'],
  ['email', 'zoe@quibble@exemple.fr'],
  ['email', 'Zoe <zoe@exemple.fr>'],
  ['email', 'a@b.fr,c@d.fr'],
  ['email', 'a@b.fr\r\nBcc: c@d.fr'],
  ['email', 'zo\u200be@exemple.fr'],
  ['email', `zoe@${'e'.repeat(250)}.fr`],
  ['phone', 'call me'],
  ['phone', '1'],
  ['postalCode', '62899; Bapaume, 3 rue X'],
  ['consent', ''],
  ['consent', 'Zoé a dit oui'],
  ['retentionUntil', '2026-01-15'],
  ['retentionUntil', '2027-02-30'],
  ['retentionUntil', '2027-02-03x'],
  ['retentionUntil', '2029-13-01'],
])('%s "%s" is refused without being repeated', (part, value) => {
  try {
    checkedContact(contactOf('TEM-1', { [part]: value }));
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining(`"${part}"`) });
    const said = inspect(error, { depth: 9, showHidden: true });
    if (value !== '') expect(said.split('\n')[0]).not.toContain(value);
    for (const secret of Object.values(ZOE)) expect(said).not.toContain(secret);
  }
});

test.each([['email'], ['phone'], ['postalCode']])('characters that are no text are refused in %s', (part) => {
  expect(() => checkedContact(contactOf('TEM-1', { [part]: 'a\u0000b@exemple.fr' }))).toThrow('are not text');
});

test('a long text is refused at once, and no instant is no consent', () => {
  const long = `a@${'.'.repeat(200_000)}@`;
  expect(() => checkedContact(contactOf('TEM-1', { email: long }))).toThrow('"email" has not the form');
  const never = contactOf('TEM-1', { consentAt: new Date(Number.NaN) });
  expect(() => checkedContact(never)).toThrow('"consentAt" has not the form');
});

test.each([
  ['ZOE@EXEMPLE.FR', 'zoe@exemple.fr'],
  ['zoe@préfecture.fr', 'zoe@xn--prfecture-c4a.fr'],
  ['zoe\u0301@exemple.fr', 'zoé@exemple.fr'],
  ['zoe+sp@exemple.fr', 'zoe+sp@exemple.fr'],
])('%s is found again as %s', (email, normalised) => {
  expect(normalisedEmail(email)).toBe(normalised);
});
