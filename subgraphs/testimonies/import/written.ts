import { sql } from 'kysely';
import { dropProblemRows, reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/** The option of the feed that lets a file win over what was written through the graph. */
export const writtenOption = {
  written: {
    description: 'replace: the file wins over what was moderated, replied or submitted in the hub',
    pattern: /replace/,
    expected: 'replace',
  },
};

/**
 * Sets aside staged rows (`tem_row`) that a file may not write: testimonies that people wrote to in the hub since
 * (moderation, replies, actions), unless the operator lets the file win; and what is not public of an author who
 * asked to be forgotten. What says nothing new is no matter.
 *
 * @param replace the file wins
 */
export async function setAsideWritten(trx: ImportTransaction, replace: boolean): Promise<void> {
  if (!replace) {
    await reportRows(trx, {
      code: 'WRITTEN_IN_THE_HUB',
      severity: 'QUARANTINED',
      column: 'ID expérience',
      message:
        'it was written in the hub since (moderation, reply); --option written=replace takes what the file says',
      sample: sql`s.id`,
      where: sql`exists (
        select from tem_row r join testimonies.testimony t on t.id = r.id
         where r.record = s.record and r.change = 'CHANGED' and t.written_at is not null)`,
    });
  }
  await reportRows(trx, {
    code: 'ERASED_AUTHOR',
    severity: 'QUARANTINED',
    column: 'ID expérience',
    message: 'its author asked to be forgotten: what is not public is not kept',
    sample: sql`s.id`,
    where: sql`s.state <> 'PUBLISHED' and exists (
      select from tem_row r join testimonies.erased_author e on e.testimony_id = r.id
       where r.record = s.record and r.change = 'NEW')`,
  });
  await dropProblemRows(trx);
  await sql`delete from tem_row r where not exists (select from import_row s where s.record = r.record)`.execute(
    trx,
  );
}
