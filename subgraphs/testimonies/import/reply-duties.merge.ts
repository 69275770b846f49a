import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Entity } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { date, integer, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { networkId } from '../../../kernel/import/resolve.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { checkSubject, networkColumn } from '../../../kernel/import/subject.ts';
import { lockDuties } from '../duty/duty.query.ts';
import { LONGEST_SOURCE, MOST_DAYS } from '../duty/set-duty.ts';

const replyDuty: Entity = { name: 'reply_duty', table: 'testimonies.reply_duty', key: ['network_id'] };

const input = sheet({
  columns: {
    ...networkColumn,
    days: integer({ header: 'jours', required: true, min: 1, max: MOST_DAYS }),
    source: text({ header: 'source', required: true, max: LONGEST_SOURCE }),
    since: date({ header: 'depuis' }),
  },
});

const network = networkId(sql`s.network`);

/** In how many days networks undertake to reply to those who tell an experience; no source publishes it. */
export const replyDuties = defineFeed({
  name: 'reply-duties',
  subgraph: 'testimonies',
  description: 'Delays of reply that networks undertake to keep: template for headquarters (CSV)',
  input,
  duplicateKey: ['network'],
  options: writtenOption,
  scope: () => 'all',
  async check(trx, { options }) {
    await lockDuties(trx);
    await reportFuture(trx, { since: 'depuis' });
    await checkSubject(trx, input.columns);
    await reportTwice(trx);
    if (options['written'] === undefined) await reportWritten(trx);
  },
  merge: (trx, { importId }) =>
    keepRows(trx, importId, replyDuty, {
      network_id: network,
      days: sql`s.days`,
      source: sql`s.source`,
      since: sql`s.since`,
      written_at: sql`null::timestamptz`,
    }),
  entities: [replyDuty],
  async rollback(trx, { importId }) {
    await lockDuties(trx);
    await refuseWritten(trx, importId);
    await restoreEntities(trx, importId, [replyDuty]);
  },
});

/** A network has one delay, under whichever of its names. */
const reportTwice = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'CONTRADICTORY_DUPLICATE',
    severity: 'REJECTED',
    column: 'reseau',
    message: 'expected one row per network, under whichever of its names',
    sample: sql`s.network`,
    where: sql`${network} in (
      select d.id from (select ${network} as id from import_row s) d group by d.id having count(*) > 1)`,
  });

/** What a network set itself is not lost to a file in silence. */
const reportWritten = (trx: ImportTransaction) =>
  reportRows(trx, {
    code: 'WRITTEN_IN_THE_HUB',
    severity: 'QUARANTINED',
    column: 'jours',
    message: 'the network set its delay itself since; --option written=replace takes the one of the file',
    sample: sql`s.days`,
    where: sql`exists (
      select from testimonies.reply_duty t
       where t.network_id = ${network} and t.written_at is not null
         and (t.days, t.source, t.since) is distinct from (s.days, s.source, s.since))`,
  });

/** Undoing an import must not undo what a network set after it. */
async function refuseWritten(trx: ImportTransaction, importId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select t.network_id as id from import_before b join testimonies.reply_duty t on t.network_id = b.entity_id
     where b.import_id = ${importId} and b.entity = ${replyDuty.name} and t.written_at is not null
     order by 1 limit 1`.execute(trx);
  if (rows[0] === undefined) return;
  throw new HubError('CONFLICT', `${rows[0].id} has set its delay itself since this import`);
}
