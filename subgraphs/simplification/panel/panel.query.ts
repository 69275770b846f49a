import { type QueryExecutorProvider, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { PanelRow, TesterTable } from './tables.ts';

/** Whether there is such a département. */
export async function departementExists(db: QueryExecutorProvider, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from directory.territory where id = ${id} and level = 'DEPARTEMENT'`.execute(db);
  return rows.length > 0;
}

/** Adds a tester; of one that the portal enrolled before, the consent and the profile are replaced. */
export async function addTester(
  trx: QueryExecutorProvider,
  tester: Omit<TesterTable, 'last_solicited_at' | 'earlier_solicited_at'>,
): Promise<{ id: string; eraseOn: string }> {
  const { rows } = await sql<{ id: string; eraseOn: string }>`
    insert into simplification.tester (id, reference, enrolled_by, consent, consented_on, departement_id, age_band,
        digital_ease)
      values (${tester.id}, ${tester.reference}, ${tester.enrolled_by}, ${tester.consent}, ${tester.consented_on},
        ${tester.departement_id}, ${tester.age_band}, ${tester.digital_ease})
    on conflict (enrolled_by, reference) do update set (consent, consented_on, departement_id, age_band, digital_ease)
      = (excluded.consent, excluded.consented_on, excluded.departement_id, excluded.age_band, excluded.digital_ease)
    returning id, erase_on as "eraseOn"`.execute(trx);
  if (rows[0] === undefined) throw new Error('A tester that was added is not there.');
  return rows[0];
}

/** Removes a tester of a portal; its id, null when there was none. */
export async function removeTester(
  trx: QueryExecutorProvider,
  portal: string,
  reference: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    delete from simplification.tester where enrolled_by = ${portal} and reference = ${reference}
    returning id`.execute(trx);
  return rows[0]?.id ?? null;
}

/** Erases the testers whose three years are over. @returns how many */
export async function purgeTesters(owner: QueryExecutorProvider, today: string): Promise<number> {
  const { rows } = await sql`
    delete from simplification.tester where erase_on <= ${today}::date returning id`.execute(owner);
  return rows.length;
}

/** How many testers there are of each profile. */
export async function panelCounts(agent: Agent<SimplificationDatabase>): Promise<PanelRow[]> {
  const { rows } = await agent((trx) =>
    sql<PanelRow>`
      select departement_id, age_band, digital_ease, members, available from simplification.panel`.execute(
      trx,
    ),
  );
  return rows;
}
