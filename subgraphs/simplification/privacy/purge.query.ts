import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Eraser, erase } from './erase.query.ts';

/** How long a file may wait to be attached to a report, in hours. */
export const WAITING_HOURS = 24;

/** Reports, and files, that one transaction takes. */
const BATCH = 500;

/** What a purge did. */
export interface ReportPurge {
  /** Reports of which what came with them was erased. */
  reports: number;
  /** Files that were attached to them. */
  files: number;
  /** Files that were attached to no report in time. */
  waiting: number;
}

/**
 * Erases what came with reports that ended longer ago than `keptDays`, and the files that no report took in time,
 * those of uploads that a crash has broken off included.
 *
 * @param incoming folder of the files that are on their way
 */
export async function purgeReports(
  eraser: Eraser,
  { keptDays, incoming, now }: { keptDays: number; incoming: string; now: Date },
): Promise<ReportPurge> {
  const done: ReportPurge = { reports: 0, files: 0, waiting: await purgeWaiting(eraser, now) };
  await purgeIncoming(incoming, now);
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select r.id from simplification.report r
       where r.status in ('DISSEMINATED', 'DECLINED')
         and coalesce(r.disseminated_on, r.declined_on) < (${now}::timestamptz at time zone 'UTC')::date - ${keptDays}::int
         and (r.comment is not null or r.suggestion is not null or r.url is not null
           or exists (select from simplification.file f where f.network_id = r.network_id and f.report_id = r.id)
           or exists (select from simplification.user_test t
                       where t.network_id = r.network_id and t.report_id = r.id and t.remarks is not null))
       order by r.id limit ${BATCH}`.execute(eraser.owner);
    if (rows.length === 0) return done;
    const { reports, files } = await erase(
      eraser,
      rows.map(({ id }) => id),
      'REPORT_PURGED',
    );
    // What does not go would be found again for ever.
    if (reports.length === 0) throw new Error('Reports that should be purged stay as they are.');
    done.reports += reports.length;
    done.files += files;
  }
}

/** Files that wait for too long. One that is being attached at this moment is left to its report. */
async function purgeWaiting({ owner, store }: Eraser, now: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const found = await owner.transaction().execute(async (trx) => {
      const { rows } = await sql<{ id: string }>`
        select id from simplification.file
         where report_id is null and deposited_at < ${now}::timestamptz - make_interval(hours => ${WAITING_HOURS})
         order by id limit ${BATCH} for update skip locked`.execute(trx);
      const ids = rows.map(({ id }) => id);
      for (const id of ids) await store.remove(id);
      await sql`delete from simplification.file where id = any(${ids}::text[])`.execute(trx);
      return ids.length;
    });
    if (found === 0) return removed;
    removed += found;
  }
}

/** What a crash left of uploads. */
async function purgeIncoming(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > WAITING_HOURS * 3_600_000) await rm(path, { force: true });
  }
}
