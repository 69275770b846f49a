import { type QueryExecutorProvider, sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { RollbackContext } from '../../../kernel/import/feed.ts';
import { lockAnswers } from './answers.ts';
import { ASKED, openCells } from './cells.ts';
import { publishCounts } from './count.ts';

/**
 * Takes the answers of a file out again, and counts anew what it had touched: later files stay in.
 * @throws HubError CONFLICT when some of them were erased, or a result was published otherwise since
 */
export const forgetFile = (trx: QueryExecutorProvider, context: RollbackContext): Promise<void> =>
  undo(trx, context, (importId) =>
    sql`delete from indicators.survey_answer where import_id = ${importId}::uuid`.execute(trx),
  );

/** As `forgetFile`, for answers that came through the graph: they wait again. */
export const waitAgain = (trx: QueryExecutorProvider, context: RollbackContext): Promise<void> =>
  undo(trx, context, (importId) =>
    sql`update indicators.survey_answer set import_id = null where import_id = ${importId}::uuid`.execute(
      trx,
    ),
  );

async function undo(
  trx: QueryExecutorProvider,
  { importId, rollbackId, publication }: RollbackContext,
  take: (importId: string) => Promise<unknown>,
): Promise<void> {
  const intake = sql`select * from indicators.survey_intake where import_id = ${importId}::uuid`;
  await lockAnswers(trx, intake);
  const purged = await sql`
    select from (${intake}) i
      join indicators.survey_purge p on p.network_id = i.network_id and p.question_id = i.question_id
     where p.purged_through >= i.first_day limit 1`.execute(trx);
  if (purged.rows.length > 0) {
    throw new HubError('CONFLICT', 'answers of this import were erased: what they were counted into stays');
  }
  await openCells(
    trx,
    sql`select ${ASKED} from indicators.survey_answer where import_id = ${importId}::uuid`,
  );
  const taken = await sql<{ cells: string }>`select count(*) as cells from survey_cell where taken`.execute(
    trx,
  );
  const cells = Number(taken.rows[0]?.cells ?? 0);
  if (cells > 0) {
    throw new HubError('CONFLICT', `later publications changed ${cells} of the results of this import`);
  }
  await take(importId);
  await sql`delete from indicators.survey_intake where import_id = ${importId}::uuid`.execute(trx);
  await publishCounts(trx, { importId: rollbackId, publication });
}
