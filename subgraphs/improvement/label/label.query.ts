import { type Kysely, sql } from 'kysely';
import type { ImprovementDatabase, LabelRow } from '../tables.ts';

/** The label in force today at each of these sites; the latest granted where there are several. */
export async function labelsInForce(
  db: Kysely<ImprovementDatabase>,
  sites: readonly string[],
): Promise<LabelRow[]> {
  const found = await sql<LabelRow>`
    select distinct on (site_id) network_id, id, structure_id, site_id, territory_id, version, publication,
           level, granted_on, expires_on,
           withdrawn_on
      from improvement.published_label
     where site_id = any(${[...sites]}::text[])
       and granted_on <= current_date and expires_on >= current_date
       and (withdrawn_on is null or withdrawn_on > current_date)
     order by site_id, granted_on desc, id desc`.execute(db);
  return found.rows;
}
