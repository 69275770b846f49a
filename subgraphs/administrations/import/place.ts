import { type RawBuilder, sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { site, structure } from './entities.ts';

/** The current commune behind a commune code: itself, or the one that it merged into. */
const currentCommune = (code: RawBuilder<unknown>) => sql`
  select h.id, h.departement_id, h.region_id
  from directory.territory c join directory.territory h on h.id = coalesce(c.merged_into, c.id) and h.is_current
  where c.id = 'COM-' || ${code}`;

/**
 * Puts every site in the current commune that holds the code it was published with; returns how many moved.
 * A site whose commune vanished without heir keeps its place.
 */
export async function placeSites(trx: ImportTransaction, importId: string): Promise<number> {
  const moving = sql`
    select s.id, h.id as commune_id, h.departement_id, h.region_id
    from directory.site s cross join lateral (${currentCommune(sql`s.source_commune_code`)}) h
    where (s.commune_id, s.departement_id, s.region_id) is distinct from (h.id, h.departement_id, h.region_id)`;
  await captureBefore(trx, importId, site, sql`select id from (${moving}) m`);
  const { numAffectedRows } = await sql`
    update directory.site s
    set commune_id = m.commune_id, departement_id = m.departement_id, region_id = m.region_id
    from (${moving}) m where m.id = s.id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** The same for structures, whose seat may be in a commune that merged. */
export async function placeStructures(trx: ImportTransaction, importId: string): Promise<number> {
  const moving = sql`
    select s.id, h.id as commune_id, h.departement_id, h.region_id
    from directory.structure s cross join lateral (${currentCommune(sql`substr(s.commune_id, 5)`)}) h
    where s.commune_id is distinct from h.id
      or (s.departement_id is not null and s.departement_id is distinct from h.departement_id)`;
  await captureBefore(trx, importId, structure, sql`select id from (${moving}) m`);
  const { numAffectedRows } = await sql`
    update directory.structure s
    set commune_id = m.commune_id,
      -- Only where it answers for its département or région.
      departement_id = case when s.departement_id is null then null else m.departement_id end,
      region_id = case when s.region_id is null then null else m.region_id end
    from (${moving}) m where m.id = s.id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
