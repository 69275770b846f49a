import { type RawBuilder, sql } from 'kysely';
import { reportRows } from './checks.ts';
import type { ImportTransaction } from './feed.ts';

/**
 * Checks of a feed where several rows with the same `id` make one thing: they must agree on what they say of it as a
 * whole, and where one of them is set aside, so are the others. Call it after the checks of single rows.
 *
 * @param what the thing, for the messages: « self-diagnosis »
 * @param whole what the rows of one thing have in common, a text on the staged row `s`
 * @param incomplete code for the good rows of a thing that has a bad one
 */
export async function checkGroups(
  trx: ImportTransaction,
  { what, whole, incomplete }: { what: string; whole: RawBuilder<unknown>; incomplete: string },
): Promise<void> {
  await reportRows(trx, {
    code: 'CONTRADICTORY_ROW',
    severity: 'REJECTED',
    column: 'identifiant',
    message: `expected the same network, place, day and publie in every row of a ${what}`,
    sample: sql`s.id`,
    where: sql`s.id in (
      select s.id from import_row s group by s.id having min(${whole} collate "C") <> max(${whole} collate "C"))`,
  });
  const problem = sql`select from import_problem p where p.record = s.record and p.severity <> 'NOTICE'`;
  await reportRows(trx, {
    code: incomplete,
    severity: 'QUARANTINED',
    column: 'identifiant',
    message: `another row of this ${what} is not good: none of it is kept`,
    sample: sql`s.id`,
    where: sql`s.id in (select s.id from import_row s where exists (${problem})) and not exists (${problem})`,
  });
}
