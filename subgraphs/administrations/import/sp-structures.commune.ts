import { sql } from 'kysely';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/**
 * Makes the temporary table `sp_commune`: the commune of each staged row, from its post code and city by
 * comparable names. EXACT: one commune of that name has that post code (or, for a CEDEX, which no commune has,
 * one of its département); AMBIGUOUS: several; NONE otherwise. The département is kept where every candidate
 * agrees on it.
 */
export async function matchCommunes(trx: ImportTransaction): Promise<Record<string, number>> {
  await sql`
    create temporary table sp_commune on commit drop as
    with place as materialized (
      -- Former communes lend their names to the one that they merged into.
      select distinct directory.place_key(t.name) as key, h.id, h.departement_id, h.region_id, h.postal_codes
      from directory.territory t join directory.territory h on h.id = coalesce(t.merged_into, t.id) and h.is_current
      where t.level = 'COMMUNE' and not t.is_arrondissement
    ),
    wanted as materialized (
      select s.record, s.postal_code, directory.place_key(s.city) as key,
        -- 97 and 98 have three digits; Corsica has 2A and 2B behind 20.
        case when s.postal_code ~ '^9[78]' then array['DEP-' || left(s.postal_code, 3)]
          when s.postal_code ~ '^20' then array['DEP-2A', 'DEP-2B']
          else array['DEP-' || left(s.postal_code, 2)] end as departements
      from import_row s
    ),
    -- One row per post code, so that joins are hash joins.
    postal as materialized (
      select code, p.key, p.id, p.departement_id from place p cross join lateral unnest(p.postal_codes) as code
    ),
    by_code as (
      select w.record, p.id, p.departement_id
      from wanted w join postal p on p.code = w.postal_code and p.key = w.key
    ),
    by_cedex as (
      select w.record, p.id, p.departement_id
      from wanted w join place p on p.key = w.key and p.departement_id = any (w.departements)
      where not exists (select from postal o where o.code = w.postal_code)
    ),
    found as (
      select record, count(distinct id) as candidates, min(id) as id,
        case when count(distinct departement_id) = 1 then min(departement_id) end as departement_id
      from (select * from by_code union all select * from by_cedex) all_found group by record
    ),
    post as (
      select w.record, min(p.departement_id) as departement_id
      from wanted w join postal p on p.code = w.postal_code
      group by w.record having count(distinct p.departement_id) = 1
    ),
    chosen as (
      select w.record, case when f.candidates = 1 then f.id end as commune_id,
        coalesce(f.departement_id, post.departement_id) as departement_id,
        case when f.candidates = 1 then 'EXACT' when f.candidates > 1 then 'AMBIGUOUS' else 'NONE' end
          as commune_match
      from wanted w left join found f on f.record = w.record left join post on post.record = w.record
    )
    select c.record, c.commune_id, d.id as departement_id, d.parent_id as region_id, c.commune_match
    from chosen c left join directory.territory d on d.id = c.departement_id`.execute(trx);
  const { rows } = await sql<{ exact: number; ambiguous: number; none: number }>`
    select (count(*) filter (where commune_match = 'EXACT'))::int as exact,
      (count(*) filter (where commune_match = 'AMBIGUOUS'))::int as ambiguous,
      (count(*) filter (where commune_match = 'NONE'))::int as none
    from sp_commune`.execute(trx);
  return { ...(rows[0] ?? {}) };
}
