import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { lockTransaction } from '../../../kernel/import/locks.ts';
import { ASKED } from './cells.ts';

/**
 * Answers of a network are taken in, counted and erased by one transaction at a time. Whoever publishes has the lock
 * of publications first: whoever only takes answers in needs not wait for other imports.
 * @param networks query of network_id; they are locked in order, so that nobody waits in a circle
 */
export async function lockAnswers(trx: QueryExecutorProvider, networks: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ network_id: string }>`
    select distinct network_id from (${networks}) n where network_id is not null order by 1`.execute(trx);
  for (const { network_id } of rows) await lockTransaction(trx, `hub survey answers ${network_id}`);
}

/**
 * Keeps the judged answers that are still in `answered`.
 * @param importId the publication that counts them; null: they wait
 * @returns how many there are
 */
export async function keepAnswers(trx: QueryExecutorProvider, importId: string | null): Promise<number> {
  const kept = await sql`
    insert into indicators.survey_answer (reference, answer, import_id, ${ASKED})
      select reference, answer, ${importId}::uuid, ${ASKED} from answered`.execute(trx);
  if (importId !== null) await keepIntake(trx, importId);
  return Number(kept.numAffectedRows ?? 0);
}

/** Notes what a publication counts. */
export async function keepIntake(trx: QueryExecutorProvider, importId: string): Promise<void> {
  await sql`
    insert into indicators.survey_intake (import_id, network_id, question_id, first_day, last_day, answers)
      select import_id, network_id, question_id, min(answered_on), max(answered_on), count(*)
        from indicators.survey_answer where import_id = ${importId}::uuid group by 1, 2, 3`.execute(trx);
}
