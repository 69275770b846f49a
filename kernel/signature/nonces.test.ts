import { expect, test } from 'vitest';
import { Nonces } from './nonces.ts';

const NOW = 1_795_000_000_500;
const one = { nonce: 'one', expires: NOW + 9000 };

test('a request is new once, for as long as it is good', () => {
  const nonces = new Nonces();
  expect(nonces.add(one, NOW)).toBe('new');
  expect(nonces.add({ ...one, nonce: 'other' }, NOW)).toBe('new');
  expect(nonces.add(one, NOW)).toBe('seen');
  expect(nonces.add(one, one.expires - 1)).toBe('seen');
});

test('beyond its bound it lets nothing in, until what it holds expires', () => {
  const nonces = new Nonces(2);
  expect(nonces.add(one, NOW)).toBe('new');
  expect(nonces.add({ nonce: 'two', expires: NOW + 20_000 }, NOW)).toBe('new');
  const third = { nonce: 'three', expires: NOW + 30_000 };
  expect(nonces.add(third, NOW)).toBe('full');
  expect(nonces.add(one, NOW)).toBe('seen');
  expect(nonces.add(third, one.expires + 1000)).toBe('new');
  expect(nonces.add({ ...third, nonce: 'four' }, one.expires + 1000)).toBe('full');
});

test('what it holds stays bounded by what may still be good', () => {
  const nonces = new Nonces(1000);
  for (let request = 0; request < 20_000; request += 1) {
    const now = NOW + request * 15;
    expect(nonces.add({ nonce: String(request), expires: now + 10_000 }, now)).toBe('new');
  }
});
