import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { lockTransaction, shareTransaction } from '../../../kernel/import/locks.ts';

const LOCK = 'hub testimonies written';

/** No import of testimonies runs beside this command: an import checks what was written here, then writes. */
export const keepImportsOut = (trx: QueryExecutorProvider): Promise<void> => shareTransaction(trx, LOCK);

/** The other side of `keepImportsOut`: nothing is written through the graph beside this import. */
export const keepCommandsOut = (trx: QueryExecutorProvider): Promise<void> => lockTransaction(trx, LOCK);

/**
 * Columns of a testimony that was written through the graph, itself or one of its replies: from now on it is the
 * hub's, and neither a later import of the same number nor the undoing of the one it came with writes over it.
 */
export const WRITTEN_HERE: RawBuilder<unknown> = sql`
  written_at = clock_timestamp(), import_id = null, import_row = null`;

/** Says that a testimony was written here, for commands that write only beside it. Call `keepImportsOut` first. */
export async function markWritten(trx: QueryExecutorProvider, testimony: string): Promise<void> {
  await sql`update testimonies.testimony set ${WRITTEN_HERE} where id = ${testimony}`.execute(trx);
}
