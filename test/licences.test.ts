import { expect, test } from 'vitest';
import { EXCEPTIONS, isAllowed, licenceOf, productionPackages, refused } from './kit/licences.ts';
import { ROOT } from './kit/sources.ts';

const packages = productionPackages(ROOT);

test('every package that runs in production may be used by a public body', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['fastify', 'graphql', 'kysely']));
  expect(refused(packages)).toEqual([]);
});

test('every exception is about a package that is here', () => {
  const installed = packages.map(({ name, version }) => `${name}@${version}`);
  expect(Object.keys(EXCEPTIONS).filter((name) => !installed.includes(name))).toEqual([]);
});

test.each([
  'Elastic-2.0',
  'AGPL-3.0-only',
  'GPL-3.0',
  'SEE LICENSE IN LICENSE',
  'UNLICENSED',
  'BUSL-1.1',
  '',
  null,
])('a planted package under %s is refused', (licence) => {
  expect(refused([...packages, { name: 'planted', version: '1.0.0', licence }])).toEqual([
    `planted@1.0.0: ${licence ?? 'no licence said'}`,
  ]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND Elastic-2.0', false],
  ['(BSD-2-Clause AND MIT)', true],
  ['(MIT OR ISC) AND Elastic-2.0', false],
])('%s is allowed: %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

test('a licence is read in any form that npm has known', () => {
  expect(licenceOf({ license: 'MIT' })).toBe('MIT');
  expect(licenceOf({ license: { type: 'MIT', url: 'x' } })).toBe('MIT');
  expect(licenceOf({ licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] })).toBe('MIT OR Apache-2.0');
  expect(licenceOf({})).toBeNull();
});
