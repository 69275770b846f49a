import { type QueryExecutorProvider, sql } from 'kysely';
import { type RowProblem, sampleOf } from '../../../kernel/import/problem.ts';
import { createStaging } from '../../../kernel/import/staging.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import { RESULT_COLUMNS, reportUndated, stagedResults } from '../import/network-results.merge.ts';
import { networkResultsSheet } from '../import/network-results.sheet.ts';
import { findCandidates } from '../publication/candidates.ts';
import { checkCandidates } from '../publication/checks.ts';
import { readTyped, type TypedResult } from './typed.ts';

/** Names of the template's columns, in the words of the graph. */
const FIELD: Readonly<Record<string, string>> = {
  code_sp_structure: 'structure',
  site: 'site',
  territoire: 'territory',
  indicateur: 'indicator',
  periode: 'period',
  valeur: 'value',
  numerateur: 'numerator',
  denominateur: 'denominator',
  repondants: 'respondents',
  tres: 'veryFavourable',
  plutot: 'favourable',
  plutot_pas: 'unfavourable',
  pas_du_tout: 'veryUnfavourable',
};

/**
 * Judges results as an import of the template would, with the same codes and words. Leaves the good ones staged, as
 * candidates, until the transaction ends: once per transaction.
 * @param pathOf where a result stands in the input, by its rank from 0
 * @returns what stands in the way of their publication, in their order
 */
export async function judge(
  trx: QueryExecutorProvider,
  network: string,
  results: readonly TypedResult[],
  pathOf: (rank: number) => readonly string[] = (rank) => ['input', 'results', String(rank)],
): Promise<UserError[]> {
  await createStaging(trx, networkResultsSheet, 'transaction');
  const read = results.map((result, rank) => ({
    ...readTyped(network, result),
    record: rank + 1,
    line: rank + 1,
  }));
  const good = read.filter(({ problems }) => problems.length === 0);
  const rows = good.map(({ row, record, line }) => ({ ...row, record, line }));
  await sql`
    insert into import_row select * from jsonb_populate_recordset(null::import_row, ${JSON.stringify(rows)}::jsonb)
  `.execute(trx);
  const faults = read.flatMap(({ problems, record, line }) =>
    problems.map(({ column, ...problem }) => ({ ...problem, record, line, column_name: column })),
  );
  await sql`
    insert into import_problem
      select * from jsonb_populate_recordset(null::import_problem, ${JSON.stringify(faults)}::jsonb)`.execute(
    trx,
  );
  await sql`analyze import_row`.execute(trx);
  await reportUndated(trx, undefined);
  // What is written in the graph is of the day.
  await sql`update import_row set updated_on = current_date`.execute(trx);
  await findCandidates(trx, stagedResults({}));
  await checkCandidates(trx, RESULT_COLUMNS);
  const found = await sql<Found>`
    select record, column_name, code, message, sample from import_problem
     where severity <> 'NOTICE' order by record, column_name nulls first, code`.execute(trx);
  return found.rows.map((problem) => userError(problem, pathOf(Number(problem.record) - 1)));
}

interface Found extends Pick<RowProblem, 'code' | 'message' | 'sample'> {
  record: string;
  column_name: string | null;
}

function userError({ column_name, code, message, sample }: Found, path: readonly string[]): UserError {
  const field = FIELD[column_name ?? ''];
  const quoted = sample === null || sample === '' ? '' : `, found « ${sampleOf(sample)} »`;
  return { code, message: `${message}${quoted}`, path: field === undefined ? path : [...path, field] };
}
