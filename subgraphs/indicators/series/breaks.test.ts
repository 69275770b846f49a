import { expect, test } from 'vitest';
import { between, breakBefore } from './breaks.ts';

const point = (year: number, definition_version = 1, network_id = 'NET-france-travail') => ({
  network_id,
  definition_version,
  period_grain: 'YEAR' as const,
  period_start: `${year}-01-01`,
  period_end: `${year}-12-31`,
});
const SERIES = [point(2022, 1, 'NET-pole-emploi'), point(2023, 1), point(2024, 1), point(2025, 2)];

test.each([
  [0, null],
  [1, { kind: 'NETWORK', from: 'NET-pole-emploi', to: 'NET-france-travail' }],
  [2, null],
  [3, { kind: 'DEFINITION', from: '1', to: '2' }],
])('figure %i of the series', (index, expected) => {
  const figure = SERIES[index];
  if (!figure) throw new Error('no such figure');
  const found = breakBefore(SERIES, figure);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

test('a half-year follows a half-year only', () => {
  const half = { ...point(2024, 3), period_grain: 'SEMESTER' as const };
  expect(breakBefore(SERIES, half)).toBeNull();
});

test('a span keeps the periods that lie wholly in it', () => {
  const years = (from: string | null, to: string | null) =>
    between(SERIES, from, to).map((figure) => figure.period_start.slice(0, 4));
  expect(years(null, null)).toEqual(['2022', '2023', '2024', '2025']);
  expect(years('2023-01-01', '2024-12-31')).toEqual(['2023', '2024']);
  expect(years('2023-02-01', null)).toEqual(['2024', '2025']);
  expect(years(null, '2024-06-30')).toEqual(['2022', '2023']);
});
