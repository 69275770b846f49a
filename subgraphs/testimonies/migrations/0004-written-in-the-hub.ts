import { type Kysely, sql } from 'kysely';
import { createWriteTables, dropWriteTables } from '../../../kernel/write/tables.ts';

/**
 * Testimonies that come through the graph: submission, moderation before publication, « I lived a similar
 * experience ». Rows that are not published are read by the moderation only, under row-level security.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createWriteTables(db, 'testimonies');
  await sql`
    alter table testimonies.testimony
      -- Rises with every change of the testimony itself, imports included: what a moderator has read.
      add column version integer not null default 1,
      -- When it was last written through the graph, its replies included; null when it is as a file said. A later
      -- import leaves it alone (import/open-data.merge.ts).
      add column written_at timestamptz,
      -- When it came; the moderation reads the oldest first. Milliseconds, as a cursor can hold them.
      add column submitted_at timestamptz(3) not null default now(),
      -- The wording of the consent to publication that its author agreed to; null for what was imported.
      add column publication_consent text,
      -- Day of the last decision of the moderation; who decided is in the audit.
      add column decided_on date,
      -- Why it is rejected, from the closed list of moderation/reasons.ts; rejection_reason holds the words.
      add column rejection_code text,
      add check (rejection_code is null or state = 'REJECTED')`.execute(db);
  await sql`
    create index testimony_queue on testimonies.testimony (state, submitted_at, id)
      where state <> 'PUBLISHED'`.execute(db);
  // The planner keeps samples of values, which would outlive a text that is erased. Nothing is searched by these.
  // What a file of hundreds of thousands of rows is held against: few among many.
  await sql`
    create index testimony_written on testimonies.testimony (id) where written_at is not null`.execute(db);
  await samples(db, 0);
  await sql`
    -- Lets the author of a new testimony leave how to be reached, once, outside the graph. The secret itself is
    -- derived from the keys of the contacts, and nowhere here.
    create table testimonies.contact_receipt (
      testimony_id text collate "C" primary key references testimonies.testimony on delete cascade,
      -- The key or person that submitted it: nobody else may use the receipt.
      subject text not null,
      expires_at timestamptz(3) not null
    )`.execute(db);
  await sql`create index contact_receipt_end on testimonies.contact_receipt (expires_at)`.execute(db);
  await sql`
    -- « I lived a similar experience », said in the hub: added to what the platform counted.
    create table testimonies.similar (
      testimony_id text collate "C" primary key references testimonies.testimony on delete cascade,
      votes integer not null default 0 check (votes >= 0),
      -- Keys the marks of this testimony and of no other, so that votes cannot be joined across testimonies.
      -- Forgotten with the last mark: the count stays.
      secret bytea check (octet_length(secret) = 32)
    )`.execute(db);
  await sql`
    create table testimonies.similar_vote (
      testimony_id text collate "C" not null references testimonies.similar on delete cascade,
      -- HMAC-SHA-256 of the voter under the secret of the testimony.
      mark bytea not null check (octet_length(mark) = 32),
      -- First day of the month: when exactly somebody voted is nobody's business.
      voted_in date not null,
      primary key (testimony_id, mark)
    )`.execute(db);
  await sql`create index similar_vote_month on testimonies.similar_vote (voted_in)`.execute(db);
  await publishedTestimonies(
    db,
    sql`testimony.similar_experiences + coalesce(
          (select s.votes from testimonies.similar s where s.testimony_id = testimony.id), 0)`,
  );
  for (const table of MODERATED) await readByModeration(db, table);
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of MODERATED) {
    await sql`drop policy of_the_moderation on testimonies.${sql.id(table)}`.execute(db);
    await sql`alter table testimonies.${sql.id(table)} disable row level security`.execute(db);
    await sql`revoke select on testimonies.${sql.id(table)} from testimonies_agent`.execute(db);
  }
  await publishedTestimonies(db, sql`similar_experiences`);
  for (const table of ['similar_vote', 'similar', 'contact_receipt']) {
    await sql`drop table testimonies.${sql.id(table)}`.execute(db);
  }
  await samples(db, -1);
  await sql`drop index testimonies.testimony_written`.execute(db);
  await sql`
    alter table testimonies.testimony
      drop column version, drop column written_at, drop column submitted_at, drop column publication_consent,
      drop column decided_on, drop column rejection_code`.execute(db);
  await dropWriteTables(db, 'testimonies');
}

/** Columns that hold what people wrote. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  testimony: ['title', 'body', 'rejection_reason'],
  testimony_procedure: ['label'],
};

/** How many samples the planner takes of them; -1 for as many as of other columns. */
async function samples(db: Kysely<any>, target: number): Promise<void> {
  for (const [table, columns] of Object.entries(PERSONAL)) {
    for (const column of columns) {
      await sql`
        alter table testimonies.${sql.id(table)} alter column ${sql.id(column)} set statistics ${sql.lit(target)}`.execute(
        db,
      );
    }
  }
}

/** Tables whose unpublished rows the moderation reads. */
const MODERATED = ['testimony', 'concern', 'testimony_procedure', 'unplaced_concern'];

/** As an agent, the moderation sees every row, others none by this policy; the owner is not bound by it. */
async function readByModeration(db: Kysely<any>, table: string): Promise<void> {
  const target = sql`testimonies.${sql.id(table)}`;
  await sql`alter table ${target} enable row level security`.execute(db);
  await sql`
    create policy of_the_moderation on ${target} for select to testimonies_agent
      using (current_setting('hub.role', true) in ('MODERATOR', 'DITP'))`.execute(db);
  await sql`grant select on ${target} to testimonies_agent`.execute(db);
}

/** The view of 0003, with another way to count similar experiences. */
async function publishedTestimonies(db: Kysely<any>, similar: ReturnType<typeof sql>): Promise<void> {
  await sql`
    create or replace view testimonies.published_testimony as
      select id, title, body, pseudonym, posted_as, feeling, written_on, published_on, user_departement_id,
             user_region_id, ${similar} as similar_experiences, action_engaged, action_engaged_on, search, import_id,
             import_row, exists (select from testimonies.concern
                                  where testimony_id = testimony.id and status = 'PUBLISHED') as answered,
             user_country, improvement
        from testimonies.testimony where state = 'PUBLISHED'`.execute(db);
}
