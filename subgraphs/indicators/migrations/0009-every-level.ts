import { type Kysely, sql } from 'kysely';

/**
 * What is withheld among results that are no units, and of rates that give their answers as a denominator, is decided by
 * roll-ups from here on (decision 0016): the next refresh makes one of everything, as after a change of the directory.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    update indicators.directory_state set revision = -1 where exists (select from indicators.result)`.execute(
    db,
  );
}

/** Nothing to take away: what was withheld meanwhile is shown again by the next refresh of the code of before. */
export async function down(db: Kysely<any>): Promise<void> {
  await sql`
    update indicators.directory_state set revision = -1 where exists (select from indicators.result)`.execute(
    db,
  );
}
