import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type PeriodGrain, parsePeriod, periodOf } from '../../../kernel/period.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { IndicatorsTables } from '../tables.ts';
import { PERIOD_PATTERN, type PeriodSql, periodOfDate, periodOfLabel } from './period-sql.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'owner');

const read = async ({ grain, start, end }: PeriodSql, from: ReturnType<typeof sql>) =>
  (
    await sql<{ grain: string; start: string; end: string }>`
      select ${grain} as grain, ${start} as start, ${end} as end from ${from}`.execute(db)
  ).rows;

test('a label is the same period in SQL as in the kernel', async () => {
  const months = Array.from({ length: 12 }, (_month, index) => `2024-${String(index + 1).padStart(2, '0')}`);
  const labels = [
    '2023',
    '2024',
    '2024-S1',
    '2024-S2',
    '2024-T1',
    '2024-T2',
    '2024-T3',
    '2024-T4',
    ...months,
  ];
  const whole = new RegExp(`^(?:${PERIOD_PATTERN.source})$`);
  expect(labels.filter((label) => !whole.test(label))).toEqual([]);
  const rows = await read(
    periodOfLabel(sql`p.label`),
    sql`unnest(${labels}::text[]) with ordinality as p (label, rank) order by rank`,
  );
  expect(rows).toEqual(
    labels.map((label) => parsePeriod(label)).map(({ grain, start, end }) => ({ grain, start, end })),
  );
});

test('a day is in the same period in SQL as in the kernel, for each frequency', async () => {
  const grains: Record<string, PeriodGrain> = {
    ANNUAL: 'YEAR',
    IRREGULAR: 'YEAR',
    HALF_YEARLY: 'SEMESTER',
    QUARTERLY: 'QUARTER',
    MONTHLY: 'MONTH',
  };
  const days = ['2023-01-01', '2023-06-30', '2023-07-01', '2024-02-29', '2024-12-31', '2023-10-30'];
  for (const [frequency, grain] of Object.entries(grains)) {
    const rows = await read(
      periodOfDate(sql`p.day`, sql`${frequency}::text`),
      sql`unnest(${days}::date[]) with ordinality as p (day, rank) order by rank`,
    );
    const expected = days.map((day) => periodOf(grain, day));
    expect(rows).toEqual(expected.map((period) => ({ grain, start: period.start, end: period.end })));
  }
});
