import { expect, test } from 'vitest';
import { code, date, decimal, integer, oneOf, text } from './columns.ts';

const rate = decimal({ header: 'Valeur', min: 0, max: 100 });
const any = decimal({ header: 'Valeur' });

test.each([
  ['78,5', '78.5'],
  ['78.50', '78.50'],
  ['98,5 %', '98.5'],
  ['98,5\u00a0%', '98.5'],
  ['98,5\u202f%', '98.5'],
  ['1\u202f234,5', '1234.5'],
  ['1 234 567', '1234567'],
  ['+3', '3'],
  ['-3,25', '-3.25'],
  ['\u22123', '-3'],
  ['0', '0'],
  ['0,10', '0.10'],
])('decimal %j is %s, exactly', (cell, value) => {
  expect(any.parse(cell)).toBe(value);
});

test.each([
  'n.d.',
  'nd',
  '-',
  '%',
  '1,2,3',
  '1 23',
  '1,234.5',
  '1e3',
  'NaN',
  'Infinity',
  '0x10',
  '12 jours',
  '78,',
  '٣',
])('decimal %j is refused, never read as a number', (cell) => {
  expect(any.parse(cell)).toMatchObject({ code: 'NOT_A_DECIMAL', message: 'expected a number such as 78,5' });
});

test.each(['120 %', '100,01', '100.0000000001', '-3', '\u22120,5'])(
  'a rate of %j is out of range',
  (cell) => {
    expect(rate.parse(cell)).toEqual({
      code: 'OUT_OF_RANGE',
      message: 'expected a number between 0 and 100',
    });
  },
);

test.each(['0', '100', '100,00 %'])('a rate of %j is in range', (cell) => {
  expect(typeof rate.parse(cell)).toBe('string');
});

test.each([
  ['12', '12'],
  ['1 234', '1234'],
  ['-5', '-5'],
  ['1,5', { code: 'NOT_AN_INTEGER' }],
  ['12 %', { code: 'NOT_AN_INTEGER' }],
  ['2147483648', { code: 'OUT_OF_RANGE' }],
])('integer %j', (cell, outcome) => {
  const parsed = integer({ header: 'Effectif' }).parse(cell);
  if (typeof outcome === 'string') expect(parsed).toBe(outcome);
  else expect(parsed).toMatchObject(outcome);
});

test.each([
  ['2023-10-30', '2023-10-30'],
  ['30/10/2023', '2023-10-30'],
  ['2023-10-30T08:15:00', '2023-10-30'],
  ['2023-10-30T08:15:00.000Z', '2023-10-30'],
  ['29/02/2024', '2024-02-29'],
])('date %j is %s', (cell, day) => {
  expect(date({ header: 'Date' }).parse(cell)).toBe(day);
});

test.each([
  '30/02/2023',
  '2023-13-01',
  '2023-00-10',
  '2023-01-00',
  '29/02/2023',
  '10/30/2023',
  '30.10.2023',
  '45229',
  '2023',
  '0023-10-30',
  '2023-10-30 x',
])('date %j is refused', (cell) => {
  const column = date({ header: 'Date' });
  expect(column.parse(cell)).toMatchObject({ code: 'NOT_A_DATE' });
  expect(column.parse(cell), 'again, from memory').toMatchObject({ code: 'NOT_A_DATE' });
});

test('a label of a closed list is matched without case or accents', () => {
  const unit = oneOf({ header: 'Unité', labels: { Pourcentage: 'PERCENT', 'Délai (jours)': 'DAYS' } });
  expect(unit.parse('DELAI jours')).toBe('DAYS');
  expect(unit.parse('pourcentage')).toBe('PERCENT');
  expect(unit.parse('points')).toEqual({
    code: 'NOT_ALLOWED',
    message: 'expected one of: Pourcentage, Délai (jours)',
  });
});

test('text has a length and a code has a shape', () => {
  expect(text({ header: 'Nom', max: 3 }).parse('abcd')).toMatchObject({ code: 'TOO_LONG' });
  expect(text({ header: 'Nom', max: 3 }).parse('abc')).toBe('abc');
  const spCode = code({ header: 'Code', pattern: /\d+|[A-Z]+/, expected: 'digits or capitals' });
  expect(spCode.parse('123')).toBe('123');
  expect(spCode.parse('123a')).toEqual({ code: 'BAD_CODE', message: 'expected digits or capitals' });
  expect(spCode.parse('a123')).toMatchObject({ code: 'BAD_CODE' });
});
