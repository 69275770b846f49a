import { sql } from 'kysely';
import type { EntryCounts } from './entries.ts';
import type { Feed, ImportTransaction, MergeReport } from './feed.ts';
import { type FileCode, type Severity, sampleOf } from './problem.ts';

/** Problems of one kind, with the first of them. */
export interface ProblemGroup {
  code: string;
  severity: Severity;
  count: number;
  /** First ones in the order of the file. */
  samples: readonly { line: number; column: string | null; message: string; sample: string | null }[];
}

type ReportState = 'PUBLISHED' | 'ALREADY_IMPORTED' | 'DRY_RUN' | 'REFUSED';

/** What a run did, or would have done (`DRY_RUN`). */
export interface ImportReport {
  state: ReportState;
  feed: string;
  fileName: string;
  /** Id of the journal entry; of the earlier one when already imported; null when nothing was kept. */
  importId: string | null;
  publication: string | null;
  counts: EntryCounts;
  problems: readonly ProblemGroup[];
  /** Notices about the file as a whole. */
  notices: readonly string[];
  merge: MergeReport | null;
  /** Why the file as a whole was refused. */
  refusal: { code: FileCode | 'REJECTED_ROWS' | 'NO_GOOD_ROW'; message: string; line: number | null } | null;
  rejectsFile: string | null;
  /** When the same file was published, for ALREADY_IMPORTED. */
  importedAt: Date | null;
  seconds: number;
}

const SAMPLES = 5;

/** Counts of a run, from its staging: records are counted once, however many rows or problems they have. */
export async function countRows(
  trx: ImportTransaction,
  input: Feed['input'],
  read: number,
): Promise<EntryCounts> {
  // In a sheet each record is one row; counting distinct ones would sort the whole file.
  const accepted = input.kind === 'sheet' ? sql`count(*)` : sql`count(distinct record)`;
  const counted = await sql<{ accepted: string; rejected: string; quarantined: string; notices: string }>`
    with worst as (
      select record, bool_or(severity = 'REJECTED') as rejected, bool_or(severity = 'QUARANTINED') as quarantined
      from import_problem group by record
    )
    select (select ${accepted} from import_row) as accepted,
      count(*) filter (where rejected) as rejected,
      count(*) filter (where quarantined and not rejected) as quarantined,
      (select count(*) from import_problem where severity = 'NOTICE') as notices
    from worst`.execute(trx);
  const row = counted.rows[0];
  return {
    read,
    accepted: Number(row?.accepted ?? 0),
    rejected: Number(row?.rejected ?? 0),
    quarantined: Number(row?.quarantined ?? 0),
    notices: Number(row?.notices ?? 0),
  };
}

/** Problems name a column as its feed does: now they name it as the file does. */
export async function nameAsInFile(
  trx: ImportTransaction,
  titles: ReadonlyMap<string, string>,
): Promise<void> {
  if (titles.size === 0) return;
  await sql`
    update import_problem p set column_name = t.title
    from unnest(${[...titles.keys()]}::text[], ${[...titles.values()]}::text[]) t (name, title)
    where p.column_name = t.name`.execute(trx);
}

/** Problems by code, the most frequent first within each severity. */
export async function groupProblems(trx: ImportTransaction): Promise<ProblemGroup[]> {
  const found = await sql<ProblemGroup & { count: string }>`
    select code, severity, count(*) as count,
      jsonb_agg(jsonb_build_object('line', line, 'column', column_name, 'message', message, 'sample', sample)
        order by record) filter (where rank <= ${SAMPLES}) as samples
    from (
      select *, row_number() over (partition by severity, code order by record) as rank from import_problem
    ) p
    group by severity, code
    order by array_position(array['REJECTED', 'QUARANTINED', 'NOTICE'], severity), count(*) desc, code`.execute(
    trx,
  );
  return found.rows.map(({ count, samples, ...group }) => ({
    ...group,
    count: Number(count),
    // SQL checks take samples from the rows as they are.
    samples: samples.map((one) => ({ ...one, sample: one.sample === null ? null : sampleOf(one.sample) })),
  }));
}
