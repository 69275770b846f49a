import { expect, test } from 'vitest';
import { dateScalar, dateTimeScalar, urlScalar } from './scalars.ts';

test.each(['2023-10-30', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (day) => {
  expect(dateScalar.parseValue(day)).toBe(day);
});

test.each([
  ...['', '2023-02-29', '2023-13-01', '2023-1-1', '0000-01-01', '0000-00-00', '10000-01-01', '-4714-01-01'],
  ...['infinity', 'today', 'epoch', '2024-01-01 BC', '2024-01-01T00:00:00Z', ' 2024-01-01', '2024-01-01\n'],
  ...[20240101, null, true, ['2024-01-01'], {}],
])('%j is no day', (value) => {
  expect(() => dateScalar.parseValue(value)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

test.each([
  ['2023-10-30T08:15:00Z', '2023-10-30T08:15:00.000Z'],
  ['2023-10-30T08:15Z', '2023-10-30T08:15:00.000Z'],
  ['2026-11-01T10:00:00.123456+01:00', '2026-11-01T09:00:00.123Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is a moment', (text, iso) => {
  expect(dateTimeScalar.parseValue(text)).toBe(iso);
});

test.each([
  ...[
    '',
    '1',
    '2024',
    '2024-01-01',
    '2024-01-01T00:00:00',
    'Mon, 25 Dec 1995 13:30:00 GMT',
    'infinity',
    'now',
  ],
  ...['2024-12-31T23:59:60Z', '2024-13-01T00:00:00Z', '2024-01-01T00:00:00+99:99', '2024-01-01T00:00:00 Z'],
  // Out of the years that ISO 8601 writes with four digits, once in UTC.
  ...['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'],
  ...['+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z'],
  ...[0, null, ['2024-01-01T00:00:00Z']],
])('%j is no moment', (value) => {
  expect(() => dateTimeScalar.parseValue(value)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

test('an address of the web is absolute', () => {
  expect(urlScalar.parseValue('https://www.caf.fr/a')).toBe('https://www.caf.fr/a');
  for (const value of ['/a', 'www.caf.fr', '', 1])
    expect(() => urlScalar.parseValue(value)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});
