import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Period, parsePeriod } from '../../../kernel/period.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type ChosenPeriod, chosenPeriod, periodOf } from './list-period.ts';

const db = (await testDatabase()).connect<IndicatorsTables>('indicators', 'public');

/** The period chosen for one list of « item period version ». */
async function choose(facts: readonly string[], asked: Period | null = null): Promise<string | null> {
  const rows = facts.map((fact) => {
    const [item = '', label = '', version = '1'] = fact.split(' ');
    const { start, end, grain } = parsePeriod(label);
    return {
      list: 'list',
      item,
      period_start: start,
      period_end: end,
      period_grain: grain,
      definition_version: version,
    };
  });
  const found = await sql<ChosenPeriod>`
    with scope as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (list text, item text, period_start date,
        period_end date, period_grain text, definition_version integer)
    ), ${chosenPeriod(asked)}
    select chosen_grain, chosen_start, chosen_version from chosen`.execute(db);
  const row = found.rows[0];
  const period = periodOf(row, asked);
  return period && `${period.label}${row ? ` v${row.chosen_version}` : ''}`;
}

test.each<[string, string[], string]>([
  ['all have the latest', ['a 2022', 'b 2022', 'a 2023', 'b 2023'], '2023 v1'],
  ['most have the latest', ['a 2022', 'b 2022', 'c 2022', 'a 2023', 'b 2023'], '2023 v1'],
  ['half of them are not most', ['a 2022', 'b 2022', 'a 2023'], '2022 v1'],
  ['who stopped publishing still counts', ['a 2021', 'b 2021', 'c 2021', 'd 2023'], '2021 v1'],
  ['no period has most: the fullest one', ['a 2021', 'b 2022', 'c 2022', 'd 2023', 'e 2020'], '2022 v1'],
  ['equally full: the latest', ['a 2021', 'b 2022', 'c 2023'], '2023 v1'],
  ['a year rather than its second half', ['a 2023', 'a 2023-S2'], '2023 v1'],
  ['a newer definition rather than an older one', ['a 2023 1', 'a 2023 2'], '2023 v2'],
  ['definitions are not added up', ['a 2022', 'b 2022', 'a 2023 1', 'b 2023 2'], '2022 v1'],
])('%s', async (_case, facts, expected) => {
  expect(await choose(facts)).toBe(expected);
});

test('an asked period holds, published or not', async () => {
  expect(await choose(['a 2022', 'b 2022', 'a 2023'], parsePeriod('2023'))).toBe('2023 v1');
  expect(await choose(['a 2022'], parsePeriod('2019'))).toBe('2019');
  expect(await choose([])).toBeNull();
});
