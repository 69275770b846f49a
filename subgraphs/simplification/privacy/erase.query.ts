import { type Kysely, sql, type Transaction } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import { nextEntryId } from '../../../kernel/write/entry-id.ts';
import type { FileStore } from '../file/store/store.ts';
import type { SimplificationDatabase } from '../tables.ts';

/** What erasing takes. */
export interface Eraser {
  /** Pool of the role `simplification_owner`. */
  owner: Kysely<SimplificationDatabase>;
  store: FileStore;
}

/** What became of reports whose reporters are forgotten. */
export interface ReportErasure {
  /** Reports of which something was erased now. */
  reports: string[];
  /** Files removed. */
  files: number;
  /** Ids asked for that no report has: nothing of their reporters comes if they are imported later. */
  unknown: string[];
}

const REPORT = /^REP-[\p{L}\p{N}._:-]{1,100}$/u;

/**
 * Forgets what the reporters of these reports wrote and sent: comment, suggestion, address of the page, files; and what
 * testers of their rewriting were heard to say. In the rows kept for the undoing of imports too. The facts stay, of
 * nobody. Idempotent; nothing comes back by an import.
 *
 * @throws HubError BAD_USER_INPUT for what is not the id of a report; SOURCE_UNAVAILABLE when the store does not
 *   remove a file: then nothing of that file's report is said to be erased, and it may be tried again
 */
export function eraseReports(eraser: Eraser, reports: readonly string[]): Promise<ReportErasure> {
  const wrong = reports.find((id) => !REPORT.test(id));
  if (wrong !== undefined) throw badInput('Expected the id of a report, REP-….');
  return erase(eraser, [...new Set(reports)].sort(), 'REPORT_ERASED');
}

/** As `eraseReports`, of ids that are known to be some. @param action what the audit calls it */
export async function erase(
  { owner, store }: Eraser,
  ids: readonly string[],
  action: 'REPORT_ERASED' | 'REPORT_PURGED',
): Promise<ReportErasure> {
  return owner.transaction().execute(async (trx) => {
    const asked = sql`${[...ids]}::text[]`;
    await sql`
      insert into simplification.erased_report (report_id) select unnest(${asked}) on conflict do nothing`.execute(
      trx,
    );
    const files = await removeFiles(trx, store, ids);
    const { rows: touched } = await sql<{ id: string }>`
      update simplification.report set comment = null, suggestion = null, url = null
       where id = any(${asked}) and (comment is not null or suggestion is not null or url is not null)
      returning id`.execute(trx);
    await sql`
      update simplification.import_before
         set before = before || '{"comment": null, "suggestion": null, "url": null}'
       where entity = 'report' and before ->> 'id' = any(${asked})
         and coalesce(before ->> 'comment', before ->> 'suggestion', before ->> 'url') is not null`.execute(
      trx,
    );
    // What testers of the rewriting were heard to say.
    const { rows: quoted } = await sql<{ report_id: string }>`
      update simplification.user_test set remarks = null
       where report_id = any(${asked}) and remarks is not null returning report_id`.execute(trx);
    await sql`
      update simplification.import_before set before = before || '{"remarks": null}'
       where before ->> 'report_id' = any(${asked}) and before ->> 'remarks' is not null`.execute(trx);
    const reports = [
      ...new Set([
        ...touched.map(({ id }) => id),
        ...[...files, ...quoted].map(({ report_id }) => report_id),
      ]),
    ];
    await tell(trx, reports, action);
    const { rows: unknown } = await sql<{ id: string }>`
      select asked.id from unnest(${asked}) as asked (id)
       where not exists (select from simplification.report r where r.id = asked.id) order by 1`.execute(trx);
    return { reports: reports.sort(), files: files.length, unknown: unknown.map(({ id }) => id) };
  });
}

/** Out of the store first: a row without its file is found again, a file without its row never. */
async function removeFiles(
  trx: Transaction<SimplificationDatabase>,
  store: FileStore,
  reports: readonly string[],
): Promise<{ report_id: string }[]> {
  const { rows } = await sql<{ id: string; report_id: string }>`
    select id, report_id from simplification.file where report_id = any(${[...reports]}::text[])
     order by id for update`.execute(trx);
  for (const { id } of rows) await store.remove(id);
  await sql`delete from simplification.file where id = any(${rows.map(({ id }) => id)}::text[])`.execute(trx);
  return rows;
}

/** That it was done, and by whom: never what was erased. */
async function tell(
  trx: Transaction<SimplificationDatabase>,
  reports: readonly string[],
  action: string,
): Promise<void> {
  for (const id of reports) {
    await sql`
      insert into simplification.audit (id, subject, role, network_id, action, object_id)
      select ${nextEntryId()}, 'operator', 'OPERATOR', network_id, ${action}, id
        from simplification.report where id = ${id}`.execute(trx);
  }
}
