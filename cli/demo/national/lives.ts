import { type Kysely, sql } from 'kysely';
import { chance } from '../chance.ts';

/** Shares of the generated sites that open, or close, within the years of the set. */
const OPEN_LATER = 0.06;
const CLOSE = 0.05;

interface Life {
  id: string;
  from: string | null;
  to: string | null;
}

function lifeOf(id: string, years: readonly number[]): Life {
  const drawn = chance('life', id);
  const year = years[Math.floor(chance('year of life', id) * years.length)] ?? 0;
  const opens = drawn < OPEN_LATER;
  const closes = !opens && drawn < OPEN_LATER + CLOSE;
  return { id, from: opens ? `${year}-09-01` : null, to: closes ? `${year}-07-01` : null };
}

/**
 * Opens some of the generated sites late and closes others, as a revision of the directory: the file of the State
 * directory says when neither happened. Sites that have their days already are left alone.
 * @param years of the set: what opens, opens in one of them; what closes, closes after it
 */
export async function openAndClose(db: Kysely<object>, years: readonly number[]): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from directory.site where name like '%(démonstration)' and valid_from is null and valid_to is null
     order by id`.execute(db);
  const lives = rows
    .map(({ id }) => lifeOf(id, years))
    .filter(({ from, to }) => from !== null || to !== null);
  if (lives.length === 0) return 0;
  await db.transaction().execute(async (trx) => {
    await sql`
      update directory.site s set valid_from = l.valid_from, valid_to = l.valid_to
        from unnest(${lives.map(({ id }) => id)}::text[], ${lives.map(({ from }) => from)}::date[],
               ${lives.map(({ to }) => to)}::date[]) as l (id, valid_from, valid_to)
       where s.id = l.id`.execute(trx);
    await sql`
      with revision as (
        insert into directory.revision (number)
        select coalesce(max(number), 0) + 1 from directory.revision returning number)
      insert into directory.change (revision, entity, id, old_network_id, new_network_id, old_departement_id,
        new_departement_id)
      select r.number, 'SITE', s.id, s.network_id, case when s.valid_to is null then s.network_id end,
             s.departement_id, case when s.valid_to is null then s.departement_id end
        from revision r, directory.site s where s.id = any(${lives.map(({ id }) => id)}::text[])`.execute(
      trx,
    );
  });
  return lives.length;
}
