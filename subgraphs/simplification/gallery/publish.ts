import { sql, type Transaction } from 'kysely';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { mistake, neededText } from '../report/mistakes.ts';
import { commandOnReport, type ReportInput } from '../report/step.ts';
import type { LockedReport } from '../report/work.query.ts';
import { lastNumber } from '../rewrite/rewrite.query.ts';
import type { SimplificationDatabase } from '../tables.ts';

export interface PublishInput extends ReportInput {
  title: string;
}

const LONGEST_TITLE = 300;

/**
 * Shows the text that is in use beside the one before it, under a title; sent again, it changes the title and keeps
 * the day. Only for a public report whose new text is disseminated.
 *
 * @throws HubError as `commandOnReport`
 */
export const publishBeforeAfter = (writing: Writing<SimplificationDatabase>, input: PublishInput) =>
  commandOnReport(
    writing,
    { name: 'publishBeforeAfter', action: 'BEFORE_AFTER_PUBLISHED', verb: null },
    input,
    async (trx, report) => {
      const { text: title, mistakes } = neededText(input.title, 'title', LONGEST_TITLE);
      const number = await lastNumber(trx, report.network_id, report.id);
      refuse([...mistakes, ...notToShow(report, number)]);
      await sql`
        update simplification.rewrite
           set title = ${title}, published_on = coalesce(published_on, ${report.today}::date),
               import_id = null, import_row = null
         where network_id = ${report.network_id} and report_id = ${report.id} and number = ${number}`.execute(
        trx,
      );
      return { columns: {}, told: { rewrite: number, title } };
    },
  );

/**
 * Takes the texts of a report out of the gallery.
 * @throws HubError as `commandOnReport`
 */
export const withdrawBeforeAfter = (writing: Writing<SimplificationDatabase>, input: ReportInput) =>
  commandOnReport(
    writing,
    { name: 'withdrawBeforeAfter', action: 'BEFORE_AFTER_WITHDRAWN', verb: null },
    input,
    async (trx, report) => {
      const shown = await withdraw(trx, report);
      refuse(
        shown.length > 0 ? [] : [mistake('NOT_PUBLISHED', 'The gallery shows nothing of this report.', 'id')],
      );
      return { columns: {}, told: { rewrites: shown } };
    },
  );

async function withdraw(
  trx: Transaction<SimplificationDatabase>,
  { network_id, id }: LockedReport,
): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    update simplification.rewrite set published_on = null, import_id = null, import_row = null
     where network_id = ${network_id} and report_id = ${id} and published_on is not null
     returning number`.execute(trx);
  return rows.map(({ number }) => number);
}

function notToShow({ status, published }: LockedReport, number: number) {
  if (status !== 'DISSEMINATED') {
    return [
      mistake('NOT_DISSEMINATED', 'The gallery shows texts that are in use: disseminate it first.', 'id'),
    ];
  }
  if (!published) return [mistake('NOT_PUBLIC', 'The gallery shows public reports only.', 'id')];
  return number > 0 ? [] : [mistake('NOT_REWRITTEN', 'There is no text to show.', 'id')];
}
