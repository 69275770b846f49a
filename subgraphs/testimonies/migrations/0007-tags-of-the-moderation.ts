import { type Kysely, sql } from 'kysely';

/** The moderation sorts testimonies under themes: it reads those of what is not public too. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table testimonies.testimony_tag enable row level security`.execute(db);
  await sql`
    create policy of_the_moderation on testimonies.testimony_tag for select to testimonies_agent
      using (current_setting('hub.role', true) in ('MODERATOR', 'DITP'))`.execute(db);
  await sql`grant select on testimonies.testimony_tag to testimonies_agent`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`revoke select on testimonies.testimony_tag from testimonies_agent`.execute(db);
  await sql`drop policy of_the_moderation on testimonies.testimony_tag`.execute(db);
  await sql`alter table testimonies.testimony_tag disable row level security`.execute(db);
}
