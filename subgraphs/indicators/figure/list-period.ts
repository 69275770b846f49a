import { type RawBuilder, sql } from 'kysely';
import { type Period, type PeriodGrain, parsePeriod, periodLabel } from '../../../kernel/period.ts';

/** The period that `chosenPeriod` found; null when nothing was published, or nothing in the period asked. */
export interface ChosenPeriod {
  chosen_grain: PeriodGrain | null;
  chosen_start: string | null;
  chosen_version: number | null;
}

/**
 * Common table expression `chosen`: one period per list, over an expression `scope` with the columns list,
 * item, period_start, period_grain, period_end and definition_version.
 *
 * A list has one period for all its rows: the asked one, else the latest that more than half of the items ever
 * published have; where none has, the one that most items have.
 *
 * @param items name of the expression, with the columns list and item, that holds the items ever published; `scope`
 *   itself when it holds every period
 */
export const chosenPeriod = (asked: Period | null, items = 'scope'): RawBuilder<ChosenPeriod> => sql`
  chosen as (
    select distinct on (p.list) p.list, p.period_start as chosen_start, p.period_grain as chosen_grain,
           p.period_end as chosen_end, p.definition_version as chosen_version
      from (select list, period_start, period_grain, period_end, definition_version, count(*) as published
              from scope group by 1, 2, 3, 4, 5) p
      join (select list, count(distinct item) as items from ${sql.table(items)} group by list) n on n.list = p.list
     where ${asked?.start ?? null}::date is null
        or (p.period_start = ${asked?.start ?? null}::date and p.period_grain = ${asked?.grain ?? null}::text)
     order by p.list, p.published * 2 > n.items desc,
              case when p.published * 2 > n.items then p.period_end end desc,
              p.published desc, p.period_end desc, p.period_start, p.definition_version desc)`;

/** The period of a list: what was chosen, else what was asked. */
export function periodOf(chosen: ChosenPeriod | undefined, asked: Period | null): Period | null {
  if (!chosen?.chosen_grain || !chosen.chosen_start) return asked;
  return parsePeriod(periodLabel(chosen.chosen_grain, chosen.chosen_start));
}
