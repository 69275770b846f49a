import { type RawBuilder, sql } from 'kysely';

/** SQL of a period's columns; `start` and `end` are dates, both included. */
export interface PeriodSql {
  grain: RawBuilder<string>;
  start: RawBuilder<string>;
  end: RawBuilder<string>;
}

/** What a period label looks like: 2023, 2023-S1, 2023-T3, 2023-07. */
export const PERIOD_PATTERN = /[1-9]\d{3}(?:-(?:S[12]|T[1-4]|0[1-9]|1[0-2]))?/;

/** Period of a well-formed label; the same reading as `parsePeriod` of the kernel. */
export function periodOfLabel(label: RawBuilder<unknown>): PeriodSql {
  const rank = sql`substr(${label}, 7, 1) :: integer`;
  const grain = sql<string>`
    case when length(${label}) = 4 then 'YEAR' when substr(${label}, 6, 1) = 'S' then 'SEMESTER'
         when substr(${label}, 6, 1) = 'T' then 'QUARTER' else 'MONTH' end`;
  const month = sql`
    case when length(${label}) = 4 then 1 when substr(${label}, 6, 1) = 'S' then ${rank} * 6 - 5
         when substr(${label}, 6, 1) = 'T' then ${rank} * 3 - 2 else substr(${label}, 6, 2) :: integer end`;
  const start = sql<string>`make_date(left(${label}, 4) :: integer, ${month}, 1)`;
  return { grain, start, end: endOf(start, grain) };
}

/** Period that holds a day, as long as the frequency of the indicator; a year where it has none. */
export function periodOfDate(day: RawBuilder<unknown>, frequency: RawBuilder<unknown>): PeriodSql {
  const grain = sql<string>`
    case ${frequency} when 'HALF_YEARLY' then 'SEMESTER' when 'QUARTERLY' then 'QUARTER'
                      when 'MONTHLY' then 'MONTH' else 'YEAR' end`;
  const start = sql<string>`
    case ${frequency}
      when 'HALF_YEARLY' then make_date(extract(year from ${day}) :: integer,
                                        case when extract(month from ${day}) <= 6 then 1 else 7 end, 1)
      when 'QUARTERLY' then date_trunc('quarter', ${day} :: timestamp) :: date
      when 'MONTHLY' then date_trunc('month', ${day} :: timestamp) :: date
      else date_trunc('year', ${day} :: timestamp) :: date end`;
  return { grain, start, end: endOf(start, grain) };
}

const endOf = (start: RawBuilder<string>, grain: RawBuilder<string>) => sql<string>`
  (${start} + case ${grain} when 'YEAR' then interval '12 months' when 'SEMESTER' then interval '6 months'
                            when 'QUARTER' then interval '3 months' else interval '1 month' end) :: date - 1`;

/** Label of the period of a grain that begins on a day; the same as `periodLabel` of the kernel. */
export const labelOfPeriod = (
  grain: RawBuilder<unknown>,
  start: RawBuilder<unknown>,
): RawBuilder<string> => sql`
  case ${grain} when 'YEAR' then to_char(${start}, 'YYYY') when 'MONTH' then to_char(${start}, 'YYYY-MM')
                when 'QUARTER' then to_char(${start}, 'YYYY-"T"Q')
                else to_char(${start}, 'YYYY-"S"') || case when extract(month from ${start}) <= 6 then 1 else 2 end end`;
