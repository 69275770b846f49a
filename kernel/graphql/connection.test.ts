import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './connection.ts';

test('a cursor gives its key back to its own list', () => {
  expect(decodeCursor('a', encodeCursor('a', ['78.50', null, 'É']))).toEqual(['78.50', null, 'É']);
  expect(decodeCursor('a', null)).toBeNull();
});

const forged = (body: string) => {
  const seal = createHash('sha256').update('a').update('\0').update(body).digest('base64url').slice(0, 10);
  return Buffer.from(`${seal}${body}`).toString('base64url');
};

test.each([
  ['nothing', ''],
  ['a cursor of another list', encodeCursor('b', ['x'])],
  ['a damaged cursor', encodeCursor('a', ['x']).slice(0, -2)],
  ['no JSON under a forged seal', forged('[')],
  ['null under a forged seal', forged('null')],
  ['an object under a forged seal', forged('{"0":"x"}')],
  ['numbers under a forged seal', forged('[1]')],
])('%s is refused', (_case, cursor) => {
  expect(() => decodeCursor('a', cursor)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});
