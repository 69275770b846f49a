import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { readableNumbers } from './numbers.ts';

const written = (value: string) =>
  print(readableNumbers(parse(`{ a(x: ${value}) }`))).match(/x: (.+)\)/)?.[1];

test.each([
  ['1e9', '1000000000.0'],
  ['1E+2', '100.0'],
  ['-2.50e1', '-25.0'],
  ['0.1', '0.1'],
  ['1.5e-7', '1.5e-7'],
  ['-0.0', '0.0'],
  ['10000000000', '10000000000'],
  ['9223372036854775807', '9223372036854775807'],
  ['"1e9"', '"1e9"'],
  ['[{ y: 1e9 }]', '[{y: 1000000000.0}]'],
])('%s is written %s', (value, expected) => {
  expect(written(value)).toBe(expected);
});

test.each(['1e400', '-1e400', '9223372036854775808', '-9223372036854775809', '1'.repeat(400)])(
  '%s is refused',
  (value) => {
    expect(() => written(value)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringMatching(/^.{1,80}$/) }),
    );
  },
);
