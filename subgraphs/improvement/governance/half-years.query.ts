import { type Kysely, sql } from 'kysely';
import type { ImprovementDatabase } from '../tables.ts';
import type { GovernanceBody } from './tables.ts';

/** The half-years for which a body met until a day, each once. */
export async function halfYearsOf(
  db: Kysely<ImprovementDatabase>,
  body: GovernanceBody,
  until: string,
): Promise<string[]> {
  const { rows } = await sql<{ period: string }>`
    select distinct period from improvement.published_governance_session
     where body = ${body} and held_on <= ${until}::date`.execute(db);
  return rows.map(({ period }) => period);
}
