import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type ExportFilter, periodFilter } from '../../../kernel/export/filter.ts';
import { when } from '../../../kernel/export/set.ts';
import type { Period } from '../../../kernel/period.ts';

/** Filters on the period of a row, as `series(from, to)` of the graph. */
export const periodFilters: Readonly<Record<'period' | 'from' | 'to', ExportFilter<Period>>> = {
  period: periodFilter('Only this period: 2023, 2023-S1, 2023-T3 or 2023-07.'),
  from: periodFilter('Periods that begin with this one or later.'),
  to: periodFilter('Periods that end with this one or before.'),
};

/** The conditions of these filters, for a row whose alias is `row`. */
export function inPeriod(
  row: string,
  { period, from, to }: Record<'period' | 'from' | 'to', Period | null>,
): RawBuilder<SqlBool>[] {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return [
    ...when(
      period,
      ({ start, grain }) =>
        sql`${column('period_start')} = ${start}::date and ${column('period_grain')} = ${grain}::text`,
    ),
    ...when(from, ({ start }) => sql`${column('period_start')} >= ${start}::date`),
    ...when(to, ({ end }) => sql`${column('period_end')} <= ${end}::date`),
  ];
}

/** The label of the period of a row, as `periodLabel` of the kernel writes it. */
export function labelSql(row: string): RawBuilder<string> {
  const [grain, start] = [sql.ref(`${row}.period_grain`), sql.ref(`${row}.period_start`)];
  return sql`
    case ${grain} when 'YEAR' then extract(year from ${start})::text
      when 'MONTH' then to_char(${start}, 'YYYY-MM')
      when 'QUARTER' then to_char(${start}, 'YYYY"-T"Q')
      else extract(year from ${start}) || case when extract(month from ${start}) < 7 then '-S1' else '-S2' end end`;
}
