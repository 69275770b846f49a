import { sql } from 'kysely';
import type { Mistakes } from './mistakes.ts';
import type { Trx } from './write.ts';

/** Ids of commitments without doubles; those of neither list are mistakes at their rank below `at`. */
export async function checkCommitments(
  trx: Trx,
  mistakes: Mistakes,
  ids: readonly string[],
  at: string,
): Promise<string[]> {
  const given = [...new Set(ids)];
  const known = await commitmentsAmong(trx, given);
  given.forEach((id, rank) => {
    if (!known.has(id)) mistakes.add('UNKNOWN_COMMITMENT', 'No such commitment.', at, rank);
  });
  return given;
}

/** Those of the ids that are commitments of one of the two lists. */
export async function commitmentsAmong(trx: Trx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from directory.commitment where id = any(${[...ids]}::text[])`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}
