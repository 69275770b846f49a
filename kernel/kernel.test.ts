import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';
import { compareDecimals, shareOf, shareOrNull, subtract, toNumber } from './decimal.ts';
import { territoryId, typeOfId } from './ids.ts';
import { PERIOD_GRAINS, parsePeriod, periodLabel, periodOf } from './period.ts';
import { fold } from './text.ts';

test.each([
  ['2023', 'YEAR', '2023-01-01', '2023-12-31'],
  ['2023-S1', 'SEMESTER', '2023-01-01', '2023-06-30'],
  ['2023-S2', 'SEMESTER', '2023-07-01', '2023-12-31'],
  ['2024-T1', 'QUARTER', '2024-01-01', '2024-03-31'],
  ['2023-T4', 'QUARTER', '2023-10-01', '2023-12-31'],
  ['2024-02', 'MONTH', '2024-02-01', '2024-02-29'],
  ['2023-12', 'MONTH', '2023-12-01', '2023-12-31'],
])('period %s is a %s from %s to %s', (label, grain, start, end) => {
  expect(parsePeriod(label)).toEqual({ label, grain, start, end });
});

test.each(['', '23', '2023-S3', '2023-T0', '2023-13', '2023-00', '2023-7', ' 2023', '2023-01-01'])(
  'period "%s" is refused with the forms that are expected',
  (label) => {
    expect(() => parsePeriod(label)).toThrow('expected 2023, 2023-S1, 2023-T3 or 2023-07');
  },
);

test('a period is found again from its grain and start, and holds each of its days', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PERIOD_GRAINS),
      fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true }),
      (grain, date) => {
        const day = date.toISOString().slice(0, 10);
        const period = periodOf(grain, day);
        expect(period.start <= day && day <= period.end).toBe(true);
        expect(periodLabel(grain, period.start)).toBe(period.label);
        expect(period.grain).toBe(grain);
      },
    ),
  );
});

test.each([
  ['FR', 'Territory'],
  ['COM-62080', 'Territory'],
  ['DEP-2A', 'Territory'],
  ['NET-caf', 'Network'],
  ['SITE-528ec072-1427-5e8a-b747-131251cdaea3', 'Site'],
  ['COMMITMENT-2021-4', 'Commitment'],
  ['IND-27', 'Indicator'],
  ['TEM-5417234', 'Testimony'],
])('%s names a %s', (id, type) => {
  expect(typeOfId(id)).toBe(type);
});

test.each(['', 'fr', 'XYZ-1', 'COM', '-62', "COM-62'--", 'COM-62 080', `SITE-${'a'.repeat(200)}`])(
  '"%s" names nothing',
  (id) => {
    expect(typeOfId(id)).toBeNull();
  },
);

test('a code alone does not tell a territory: the level is part of its id', () => {
  expect(territoryId('REGION', '01')).toBe('REG-01');
  expect(territoryId('DEPARTEMENT', '01')).toBe('DEP-01');
  expect(territoryId('NATIONAL', 'whatever')).toBe('FR');
});

test('gaps are exact where binary floating point is not', () => {
  expect(subtract('78.5', '75.4')).toBe('3.1');
  expect(78.5 - 75.4).not.toBe(3.1);
  expect(compareDecimals('10.0', '10')).toBe(0);
  expect(compareDecimals('9.99', '10')).toBe(-1);
  expect(compareDecimals('0.30000000000000000001', '0.3')).toBe(1);
  expect(compareDecimals('-12345678901234567890.1', '-12345678901234567890')).toBe(-1);
  expect(toNumber('75.40')).toBe(75.4);
  expect(toNumber(null)).toBeNull();
});

test.each([
  ["L'Haÿ-les-Roses", 'l hay les roses'],
  ['Œuilly', 'oeuilly'],
  ['SAINT-ÉTIENNE  (Loire)', 'saint etienne loire'],
  ['Intitulé Typologie 1', 'intitule typologie 1'],
])('"%s" folds to "%s"', (label, folded) => {
  expect(fold(label)).toBe(folded);
});

test('settings have defaults, and each is documented', () => {
  expect(readConfig({})).toMatchObject({ port: 4000, host: '127.0.0.1', dataDir: '.hub', demo: true });
  expect(readConfig({ PORT: '', HUB_DEMO: 'off' })).toMatchObject({ port: 4000, demo: false });
  expect(SETTINGS.length).toBeGreaterThan(6);
  for (const { description } of SETTINGS) expect(description).toMatch(/\.$/);
});

test('every wrong setting is named, and no value is repeated', () => {
  const wrong = { PORT: '70000', HUB_DEMO: 'maybe', DATABASE_URL: 'mysql://u:hunter2@h/d' };
  expect(() => readConfig(wrong)).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*HUB_DEMO/);
  expect(() => readConfig(wrong)).not.toThrow(/hunter2/);
});

test('a share is rounded half up as it is written, not as binary floating point holds it', () => {
  expect(shareOf(1, 3)).toBe(0.3333);
  // 0.07125: ten thousand times its double is 712.4999999999999, which would round down.
  expect(shareOf(57, 800)).toBe(0.0713);
  expect(shareOf(1, 3, 20)).toBe(1 / 3);
  expect(shareOrNull(0, 0)).toBeNull();
  expect(shareOrNull(null, 2)).toBeNull();
  expect(shareOrNull(2, null)).toBeNull();
  expect(shareOrNull(2, 2)).toBe(1);
});
