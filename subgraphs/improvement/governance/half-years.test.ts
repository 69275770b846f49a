import { expect, test } from 'vitest';
import { missingHalfYears } from './half-years.ts';

test.each([
  ['no session at all', [], '2024-06-30', []],
  ['the first half-year is under way', ['2024-S1'], '2024-06-30', []],
  ['a half-year that is not over is not missing yet', ['2023-S2'], '2024-06-30', []],
  ['it is the day after', ['2023-S2'], '2024-07-01', ['2024-S1']],
  ['two in a row, over a new year', ['2021-S1', '2022-S2'], '2023-03-01', ['2021-S2', '2022-S1']],
  ['twice in one, in any order', ['2022-S1', '2021-S1', '2022-S1'], '2022-12-31', ['2021-S2']],
  ['a day before the first', ['2022-S1'], '2020-01-01', []],
] as const)('%s', (_what, held, asOf, missing) => {
  expect(missingHalfYears(held, asOf)).toEqual(missing);
});
