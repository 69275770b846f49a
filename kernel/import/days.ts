import { type QueryExecutorProvider, sql } from 'kysely';
import { reportRows } from './checks.ts';
import { type RowProblem, rejected } from './problem.ts';

/**
 * A row rule: steps come one after the other, on the same day at the earliest; a step without a day is passed over.
 * @param steps names of the columns in the file, and their ISO days
 */
export function daysInOrder(steps: Readonly<Record<string, string | null>>): RowProblem[] {
  const problems: RowProblem[] = [];
  let last: { name: string; day: string } | null = null;
  for (const [name, day] of Object.entries(steps)) {
    if (day === null) continue;
    if (last !== null && day < last.day) {
      problems.push(rejected(name, 'OUT_OF_RANGE', `expected a day that is not before ${last.name}`, day));
    } else last = { name, day };
  }
  return problems;
}

/**
 * Rejects the rows that tell of a day that has not come yet in Paris.
 * @param days column of the staging → its name in the file
 */
export async function reportFuture(
  trx: QueryExecutorProvider,
  days: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [cell, column] of Object.entries(days)) {
    await reportRows(trx, {
      code: 'FUTURE_DATE',
      severity: 'REJECTED',
      column,
      message: 'expected a day that has come',
      sample: sql.ref(`s.${cell}`),
      where: sql`${sql.ref(`s.${cell}`)} > (now() at time zone 'Europe/Paris')::date`,
    });
  }
}
