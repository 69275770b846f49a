import { type Kysely, sql } from 'kysely';

/**
 * Testimonies whose author asked to be forgotten. Their text stays and is anonymous for good: whatever writes
 * the row later (an import of an older file, a rollback, a correction) cannot bring the pseudonym back.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table testimonies.erased_author (
      testimony_id text collate "C" primary key,
      erased_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    -- With the rights of the owner: those who write testimonies need not see who was forgotten.
    create function testimonies.stay_anonymous() returns trigger
      language plpgsql security definer set search_path = '' as $$
    begin
      if exists (select from testimonies.erased_author where testimony_id = new.id) then
        new.pseudonym := null;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger stay_anonymous before insert or update on testimonies.testimony
      for each row when (new.pseudonym is not null) execute function testimonies.stay_anonymous()`.execute(
    db,
  );
  // The planner keeps samples of values, which would outlive the rows. Nothing is searched by these two columns.
  await sql`alter table testimonies.testimony alter column pseudonym set statistics 0`.execute(db);
  await sql`alter table testimonies.import_before alter column before set statistics 0`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table testimonies.import_before alter column before set statistics -1`.execute(db);
  await sql`alter table testimonies.testimony alter column pseudonym set statistics -1`.execute(db);
  await sql`drop trigger stay_anonymous on testimonies.testimony`.execute(db);
  await sql`drop function testimonies.stay_anonymous()`.execute(db);
  await sql`drop table testimonies.erased_author`.execute(db);
}
