import { type Kysely, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import { sitesOf, type Where } from './scope.ts';

/** Where a commitment is displayed, in a scope. */
export interface Displayed {
  commitmentId: string;
  /** Open sites of the scope. */
  sites: number;
  /** Those that display it in their reception. */
  displaying: number;
  /** First day known of a display there. */
  since: string | null;
  /** Whether the network shows it on the web. */
  web: boolean;
}

/** What the sites of a scope display of each commitment; a row for each, also when nobody does. */
export async function displayed(
  db: Kysely<AdministrationsDatabase>,
  where: Where,
  commitments: readonly string[],
): Promise<Displayed[]> {
  const ofNetwork = where.network === null ? sql`true` : sql`display.network_id = ${where.network}`;
  const { rows } = await sql<Displayed>`
    with site as materialized (select site.id from directory.site site where ${sitesOf(where)})
    select asked.id as "commitmentId", (select count(*)::int from site) as sites,
      count(distinct site.id)::int as displaying, min(display.since) filter (where site.id is not null) as since,
      coalesce(bool_or(display.place = 'WEB'), false) as web
    from unnest(${commitments}::text[]) as asked(id)
    left join administrations.commitment_display display on display.commitment_id = asked.id and ${ofNetwork}
    left join site on site.id = display.site_id
    group by asked.id`.execute(db);
  return rows;
}
