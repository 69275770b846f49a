import { type Kysely, sql } from 'kysely';

/** What a person who answers for a structure answers for: the structures below it, and their sites. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    -- A structure and all below it; empty for none. "union" and not "union all": a cycle would end here.
    create function directory.branch(top text) returns text[]
      language sql stable parallel safe
    begin atomic
      with recursive branch(id) as (
        select id from directory.structure where id = top
        union
        select s.id from directory.structure s join branch on s.parent_id = branch.id
      ) select coalesce(array_agg(id), '{}') from branch;
    end`.execute(db);
  await sql`
    create function directory.branch_sites(top text) returns text[]
      language sql stable parallel safe
    begin atomic
      select coalesce(array_agg(distinct site_id), '{}')
        from directory.structure_site where structure_id = any(directory.branch(top)) and valid_to is null;
    end`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop function directory.branch_sites(text)`.execute(db);
  await sql`drop function directory.branch(text)`.execute(db);
}
