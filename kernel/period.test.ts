import { expect, test } from 'vitest';
import { parsePeriod } from './period.ts';

test.each([
  ['2023', 'YEAR', '2023-01-01', '2023-12-31'],
  ['2023-S2', 'SEMESTER', '2023-07-01', '2023-12-31'],
  ['2023-T1', 'QUARTER', '2023-01-01', '2023-03-31'],
  ['2024-02', 'MONTH', '2024-02-01', '2024-02-29'],
  ['1000', 'YEAR', '1000-01-01', '1000-12-31'],
])('%s is a %s', (label, grain, start, end) => {
  expect(parsePeriod(label)).toEqual({ label, grain, start, end });
});

// `Date` makes 1923 of 23, PostgreSQL the year 23: what was published under it could not be withdrawn.
test.each(['0000', '0023', '0999-07', '02023', '2023-S3', '2023-13', ' 2023', '2023\n'])(
  '%j is none',
  (label) => {
    expect(() => parsePeriod(label)).toThrow('Unknown period');
  },
);

test('months end as the calendar says, in leap years too', () => {
  for (let year = 1800; year <= 2200; year += 1)
    for (let month = 1; month <= 12; month += 1) {
      const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
      expect(parsePeriod(last.slice(0, 7))).toMatchObject({ start: `${last.slice(0, 7)}-01`, end: last });
    }
});
