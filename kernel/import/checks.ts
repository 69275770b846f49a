import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { ImportTransaction } from './feed.ts';
import type { Severity } from './problem.ts';

interface RowCheck {
  code: string;
  severity: Severity;
  /** The column as the file names it, or null for the whole row. */
  column: string | null;
  /** What was expected; SQL when it depends on the row. */
  message: string | RawBuilder<string>;
  /** SQL of what was found, on `s`. */
  sample?: RawBuilder<unknown>;
  /** SQL condition on the staged row `s`. */
  where: RawBuilder<unknown>;
}

/** Reports every staged row that meets a condition; returns how many did. */
export async function reportRows(trx: QueryExecutorProvider, check: RowCheck): Promise<number> {
  const message = typeof check.message === 'string' ? sql`${check.message}::text` : check.message;
  const result = await sql`
    insert into import_problem (record, line, column_name, code, severity, message, sample)
    select s.record, s.line, ${check.column}::text, ${check.code}, ${check.severity}, ${message},
      left((${check.sample ?? sql`null`})::text, 80)
    from import_row s where ${check.where}`.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

/**
 * Reports rows that name the same fact: identical ones are merged into the first, with a notice; where they
 * contradict each other nobody can say which is right, so all of them are rejected.
 * @param key columns that name the fact; `columns` staging columns and their types, all compared
 */
export async function reportDuplicates(
  trx: ImportTransaction,
  key: readonly string[],
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const names = sql.join(key.map((name) => sql`s.${sql.ref(name)}`));
  const keyText = sql`row(${names})::text`;
  // 78.5 and 78.50 are the same figure.
  const compared = Object.entries(columns).map(([name, type]) =>
    type.startsWith('numeric') ? sql`trim_scale(s.${sql.ref(name)})` : sql`s.${sql.ref(name)}`,
  );
  await sql`
    with repeated as materialized (
      select ${keyText} as key from import_row s group by ${names} having count(*) > 1
    ), judged as (
      select s.record, s.line, key,
        first_value(s.record) over same_key as first, first_value(s.line) over same_key as first_line,
        min(fingerprint) over same_key <> max(fingerprint) over same_key as contradictory
      from (select s.*, md5(row(${sql.join(compared)})::text) as fingerprint from import_row s) s
      join repeated on repeated.key = ${keyText}
      window same_key as (partition by key order by s.record rows between unbounded preceding and unbounded following)
    )
    insert into import_problem (record, line, column_name, code, severity, message, sample)
    select record, line, null,
      case when contradictory then 'CONTRADICTORY_ROW' else 'DUPLICATE_ROW' end,
      case when contradictory then 'REJECTED' else 'NOTICE' end,
      case when contradictory
        then 'expected one row for each ' || ${key.join(' + ')}::text || ', several differ (first at line ' || first_line || ')'
        else 'same as line ' || first_line || ', counted once' end,
      left(key, 80)
    from judged where contradictory or record > first`.execute(trx);
  await sql`
    delete from import_row s using import_problem p
    where p.record = s.record and p.code = 'DUPLICATE_ROW' and p.severity = 'NOTICE'`.execute(trx);
}

/** Takes the records that a check rejected or quarantined out of the staging. */
export async function dropProblemRows(trx: ImportTransaction): Promise<void> {
  await sql`
    delete from import_row s using (select distinct record from import_problem where severity <> 'NOTICE') p
    where p.record = s.record`.execute(trx);
}
