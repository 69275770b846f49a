import { type Kysely, sql } from 'kysely';

/**
 * The rows of a place in one index, with all that testimonies are counted by but for lists (tags, channels,
 * procedures): statistics read it instead of rows three times as wide, which for a région lie all over the table. Lists
 * have no longest length, an entry of an index has one.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`drop index testimonies.entry_by_place`.execute(db);
  await sql`
    create index entry_counted on testimonies.entry (place, published_on desc, testimony_id desc)
      include (number, position, is_first, is_only, written_on, feeling, posted_as, user_departement_id, user_region_id,
               action_engaged, answered, network_id, status, first_answered_on)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop index testimonies.entry_counted`.execute(db);
  await sql`
    create index entry_by_place on testimonies.entry (place, published_on desc, testimony_id desc)
      where place is not null`.execute(db);
}
