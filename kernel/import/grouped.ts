import { sql } from 'kysely';
import { reportRows } from './checks.ts';
import type { ImportTransaction } from './feed.ts';

/**
 * For feeds with several rows per fact: what is the same in all of them must be so, and where one of them is set
 * aside, so are the others. Call it after the checks of single rows.
 *
 * @param columns of the staging, the same in every row; `id` the one that names the fact, `header` its column
 * @param what how a person calls it: « self-diagnosis »
 * @param incomplete code for the good rows of a fact that has a bad one
 */
export async function checkWhole(
  trx: ImportTransaction,
  {
    columns,
    what,
    id = 'id',
    header = 'identifiant',
    incomplete = 'INCOMPLETE_FACT',
  }: { columns: readonly string[]; what: string; id?: string; header?: string; incomplete?: string },
): Promise<void> {
  const named = sql.ref(`s.${id}`);
  const same = sql`row(${sql.join(columns.map((column) => sql.ref(`s.${column}`)))})::text collate "C"`;
  await reportRows(trx, {
    code: 'CONTRADICTORY_ROW',
    severity: 'REJECTED',
    column: header,
    message: `expected the same of a ${what} in each of its rows`,
    sample: named,
    where: sql`${named} in (
      select ${named} from import_row s group by ${named} having min(${same}) <> max(${same}))`,
  });
  const problem = sql`select from import_problem p where p.record = s.record and p.severity <> 'NOTICE'`;
  await reportRows(trx, {
    code: incomplete,
    severity: 'QUARANTINED',
    column: header,
    message: `another row of this ${what} is not good: none of it is kept`,
    sample: named,
    where: sql`${named} in (select ${named} from import_row s where exists (${problem})) and not exists (${problem})`,
  });
}
