import { type QueryExecutorProvider, sql } from 'kysely';
import type { LockedConcern } from './concern-lock.query.ts';

/** Three structures that a user names, and three times down the tree for each. */
export const LAST_POSITION = 12;

/**
 * An open structure below `top` (null: of the whole network), other than the one that hands on, and its place of
 * reception: that of the testimony where it is one of its own, else its only one, where it stands for one place.
 */
export async function structureBelow(
  trx: QueryExecutorProvider,
  { network_id, structure_id, site_id }: LockedConcern,
  { to, top, today }: { to: string; top: string | null; today: string },
): Promise<{ site_id: string | null } | null> {
  const { rows } = await sql<{ site_id: string | null }>`
    select coalesce(
             case when ${site_id}::text = any(directory.branch_sites(s.id)) then ${site_id}::text end,
             case when s.level = 'SITE' then (
               select min(l.site_id) from directory.structure_site l
                where l.structure_id = s.id and l.valid_to is null having count(*) = 1) end) as site_id
      from directory.structure s
     where s.id = ${to} and s.network_id = ${network_id} and s.id is distinct from ${structure_id}
       and (s.valid_to is null or s.valid_to >= ${today}::date)
       and (${top}::text is null or s.id = any(directory.branch(${top})))`.execute(trx);
  return rows[0] ?? null;
}

/** The structures that the testimony concerns, those that handed on included. */
export async function concernedOf(
  trx: QueryExecutorProvider,
  { testimony_id }: LockedConcern,
): Promise<{ position: number; structure_id: string | null }[]> {
  const { rows } = await sql<{ position: number; structure_id: string | null }>`
    select position, structure_id from testimonies.concern where testimony_id = ${testimony_id}`.execute(trx);
  return rows;
}

/** The structure that owes the reply from now on. */
export async function addHolder(
  trx: QueryExecutorProvider,
  { network_id, testimony_id, position: from, origin, channels }: LockedConcern,
  { position, structure, site }: { position: number; structure: string; site: string | null },
): Promise<void> {
  await sql`
    insert into testimonies.concern (network_id, testimony_id, position, origin, structure_id, site_id, channels, status)
    values (${network_id}, ${testimony_id}, ${position}, ${origin ?? from}, ${structure}, ${site},
      ${channels}::text[], 'TO_PROCESS')`.execute(trx);
}
