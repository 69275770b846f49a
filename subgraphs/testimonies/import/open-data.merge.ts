import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { defineFeed, type ImportTransaction, type MergeReport } from '../../../kernel/import/feed.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { keepCommandsOut } from '../testimony/written.query.ts';
import { PARTS, TESTIMONY } from './entities.ts';
import { findHomes, findPlaces, reportPlaces } from './open-data.places.ts';
import { POSITIONS, testimoniesSheet } from './open-data.sheet.ts';
import { stageTestimonies } from './open-data.stage.ts';
import { keepBefore, writeTestimonies } from './open-data.write.ts';
import { setAsideWritten, writtenOption } from './written.ts';

/**
 * Testimonies of the platform's open-data export, in all their states: those that are not published stay out of
 * every reader's sight. A testimony is recognised by its number; what the file says of it replaces what was known,
 * unless people wrote to it in the hub since.
 */
export const testimonies = defineFeed({
  name: 'testimonies',
  subgraph: 'testimonies',
  description: 'Testimonies of users and replies, open-data export of Services Publics+ (CSV or JSON)',
  source: 'Services Publics+, expériences',
  licence: 'Licence Ouverte 2.0',
  input: testimoniesSheet,
  duplicateKey: ['id'],
  options: writtenOption,
  scope: () => 'all',
  async check(trx) {
    await findPlaces(trx);
    await reportPlaces(trx);
    await findHomes(trx);
    await reportReplies(trx);
  },
  async merge(trx, { importId, notice, options }) {
    await keepCommandsOut(trx);
    const replace = options.written !== undefined;
    await stageTestimonies(trx, replace);
    await setAsideWritten(trx, replace);
    await keepBefore(trx, importId);
    await writeTestimonies(trx, importId);
    for (const table of [TESTIMONY, ...PARTS]) await sql`analyze ${sql.table(table.table)}`.execute(trx);
    const report = await counted(trx);
    const { setAside = 0 } = report.details ?? {};
    if (setAside > 0) {
      notice(
        `structures concerned that lead to no network: ${setAside}, kept aside; their testimonies are there`,
      );
    }
    return report;
  },
  async rollback(trx, { importId }) {
    await keepCommandsOut(trx);
    await refuseWritten(trx, importId);
    // The parts are put back from how they were; a network may have changed under a reply, so all go first.
    for (const part of PARTS) {
      await sql`
        delete from ${sql.table(part.table)} where testimony_id in (
          select entity_id from import_before where import_id = ${importId} and entity = ${TESTIMONY.name})`.execute(
        trx,
      );
    }
    await restoreEntities(trx, importId, [TESTIMONY, ...PARTS]);
  },
});

/** A published reply without a day stays, but nobody can tell when it came: it is not shown. */
async function reportReplies(trx: ImportTransaction): Promise<void> {
  for (const n of POSITIONS) {
    await reportRows(trx, {
      code: 'UNDATED_REPLY',
      severity: 'NOTICE',
      column: 'Date de premiere réponse',
      message: 'a published reply without a day: it is kept, and not shown',
      where: sql`s.first_answered_on is null and ${sql.ref(`s.reply_${n}`)} is not null
        and coalesce(${sql.ref(`s.status_${n}`)}, 'PUBLISHED') = 'PUBLISHED'`,
    });
  }
}

async function counted(trx: ImportTransaction): Promise<MergeReport> {
  const { rows } = await sql<Record<'inserted' | 'updated' | 'unchanged', number>>`
    select (count(*) filter (where change = 'NEW'))::int as inserted,
           (count(*) filter (where change = 'CHANGED'))::int as updated,
           (count(*) filter (where change = 'SAME'))::int as unchanged from tem_row`.execute(trx);
  const concerns = await sql<Record<'concerns' | 'withoutStructure' | 'setAside' | 'replies', number>>`
    select count(*)::int as concerns,
           (count(*) filter (where structure_id is null and network_id is not null))::int as "withoutStructure",
           (count(*) filter (where network_id is null))::int as "setAside",
           count(reply)::int as replies
      from tem_concern join import_row using (record)`.execute(trx);
  const [counts = { inserted: 0, updated: 0, unchanged: 0 }] = rows;
  const [details = {}] = concerns.rows;
  return { ...counts, closed: 0, details };
}

/** What was written otherwise since is not to be lost by undoing. */
async function refuseWritten(trx: ImportTransaction, importId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select t.id from import_before b join testimonies.testimony t on t.id = b.entity_id
     where b.import_id = ${importId} and b.entity = ${TESTIMONY.name} and t.import_id is distinct from ${importId}::uuid
     order by t.id limit 1`.execute(trx);
  if (rows[0] === undefined) return;
  throw new HubError('CONFLICT', `${rows[0].id} was written again since: undo that first`);
}
