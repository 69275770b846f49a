import { type Kysely, sql } from 'kysely';
import { createJournal, dropJournal } from '../../../kernel/import/journal.ts';

/**
 * What users tell and what the structures concerned reply.
 *
 * Readers of the graph see views of published rows only. These are plain views, without security_barrier:
 * `@@` is not leakproof, so a barrier (like row-level security) would put the search index out of use.
 * Who wrote a testimony (e-mail, postal code) is not here and never will be.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'testimonies');

  // Single words without accents, as the search box reads them too. The same text is kept stemmed (« porte »
  // finds « portes ») and as written, so that the beginning of a word is searched in whole words and not in stems.
  await sql`
    create function testimonies.words(value text) returns text
      language sql immutable strict parallel safe
      return regexp_replace(directory.fold(value), '[^[:alnum:]]+', ' ', 'g')`.execute(db);
  await sql`
    create function testimonies.searched(value text) returns tsvector
      language sql immutable strict parallel safe
      return to_tsvector('pg_catalog.french', testimonies.words(value))
          || to_tsvector('pg_catalog.simple', testimonies.words(value))`.execute(db);
  await sql`
    -- Every word of a search box must be found, in another form (stem) or as the beginning of a word. Words that
    -- say nothing (« de », « la ») are left out unless there is nothing else. Null when there is no word at all.
    create function testimonies.search_query(value text) returns tsquery
      language sql immutable strict parallel safe
    begin atomic
      with word as (
        select text, plainto_tsquery('pg_catalog.french', text) as stem
          from regexp_split_to_table(trim(testimonies.words(value)), ' +') as text where text <> ''
      ), meant as (
        select * from word where numnode(stem) > 0 or not exists (select from word where numnode(stem) > 0)
      )
      select string_agg(
               case when numnode(stem) > 0 then '(' || stem::text || ' | ' || prefix || ')' else prefix end, ' & '
             )::tsquery
        from meant cross join lateral (select to_tsquery('pg_catalog.simple', text || ':*')::text) as p(prefix);
    end`.execute(db);

  await sql`
    create table testimonies.testimony (
      -- TEM-<number on the platform>
      id text collate "C" primary key,
      state text not null check (state in ('SUBMITTED', 'REJECTED', 'PUBLISHED')),
      title text not null,
      body text not null,
      pseudonym text,
      posted_as text check (posted_as in ('INDIVIDUAL', 'BUSINESS', 'ASSOCIATION', 'OTHER')),
      feeling text not null check (feeling in ('POSITIVE', 'NEUTRAL', 'NEGATIVE')),
      written_on date not null,
      published_on date,
      rejection_reason text,
      -- Where the user lives, as far as the user said; not where the structure is.
      user_departement_id text collate "C",
      user_region_id text collate "C",
      user_country text,
      similar_experiences integer not null default 0 check (similar_experiences >= 0),
      action_engaged_on date,
      action_engaged boolean not null default false,
      search tsvector generated always as (testimonies.searched(title || ' ' || body)) stored,
      import_id uuid references testimonies.import (id),
      import_row integer,
      check (state <> 'PUBLISHED' or published_on is not null),
      check (state <> 'REJECTED' or rejection_reason is not null)
    )`.execute(db);
  await sql`
    create index testimony_latest on testimonies.testimony (published_on desc, id desc)
      where state = 'PUBLISHED'`.execute(db);
  await sql`create index testimony_search on testimonies.testimony using gin (search)`.execute(db);

  await sql`
    -- One to three structures concerned, each with its own status.
    create table testimonies.concern (
      network_id text collate "C" not null,
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      position smallint not null check (position between 1 and 3),
      structure_id text collate "C" not null,
      site_id text collate "C",
      channels text[] not null default '{}',
      status text not null check (status in ('TO_PROCESS', 'DRAFT', 'TO_VALIDATE', 'PUBLISHED', 'TRANSFERRED')),
      primary key (network_id, testimony_id, position),
      unique (testimony_id, position)
    )`.execute(db);
  await sql`create index on testimonies.concern (structure_id, testimony_id)`.execute(db);
  await sql`create index on testimonies.concern (site_id, testimony_id) where site_id is not null`.execute(
    db,
  );

  await sql`
    create table testimonies.reply (
      network_id text collate "C" not null,
      testimony_id text collate "C" not null,
      position smallint not null,
      body text not null,
      -- Null as long as it is a draft.
      first_answered_on date,
      -- Percentage of similarity with the draft of an AI, which the platform publishes.
      ai_similarity numeric(5, 2) check (ai_similarity between 0 and 100),
      primary key (network_id, testimony_id, position),
      foreign key (network_id, testimony_id, position) references testimonies.concern on delete cascade
    )`.execute(db);

  await sql`
    create table testimonies.tag (
      id text collate "C" primary key,
      label text not null
    )`.execute(db);
  await sql`
    create table testimonies.testimony_tag (
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      tag_id text collate "C" not null references testimonies.tag,
      primary key (testimony_id, tag_id)
    )`.execute(db);
  await sql`create index on testimonies.testimony_tag (tag_id, testimony_id)`.execute(db);
  await sql`
    -- In the user's words; the procedure of the directory where the words were recognised.
    create table testimonies.testimony_procedure (
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      label text not null,
      procedure_id text collate "C",
      primary key (testimony_id, label)
    )`.execute(db);
  await sql`create index on testimonies.testimony_procedure (procedure_id, testimony_id)`.execute(db);

  await sql`
    -- In how many days a network undertakes to reply. None is published: what is here was configured.
    create table testimonies.reply_duty (
      network_id text collate "C" primary key,
      days integer not null check (days > 0),
      source text not null
    )`.execute(db);

  await sql`
    create view testimonies.published_testimony as
      select id, title, body, pseudonym, posted_as, feeling, written_on, published_on, user_departement_id,
             user_region_id, similar_experiences, action_engaged, action_engaged_on, search, import_id, import_row,
             exists (select from testimonies.concern
                      where testimony_id = testimony.id and status = 'PUBLISHED') as answered
        from testimonies.testimony where state = 'PUBLISHED'`.execute(db);
  await sql`
    -- With the place of the structure, or of the site where it is known. How far a draft has got is not public.
    create view testimonies.published_concern as
      select c.network_id, c.testimony_id, c.position, c.structure_id, c.site_id, s.typology_id, c.channels,
             case when c.status in ('DRAFT', 'TO_VALIDATE') then 'TO_PROCESS' else c.status end as status,
             coalesce(site.commune_id, s.commune_id) as commune_id,
             coalesce(site.departement_id, s.departement_id) as departement_id,
             coalesce(site.region_id, s.region_id) as region_id
        from testimonies.concern c
        join testimonies.testimony t on t.id = c.testimony_id and t.state = 'PUBLISHED'
        left join directory.structure s on s.id = c.structure_id
        left join directory.site site on site.id = c.site_id`.execute(db);
  await sql`
    create view testimonies.published_reply as
      select r.network_id, r.testimony_id, r.position, r.body, r.first_answered_on, r.ai_similarity
        from testimonies.reply r
        join testimonies.concern c using (network_id, testimony_id, position)
        join testimonies.testimony t on t.id = r.testimony_id and t.state = 'PUBLISHED'
       where c.status = 'PUBLISHED' and r.first_answered_on is not null`.execute(db);
  for (const [view, table] of [
    ['published_tag', 'testimony_tag'],
    ['published_procedure', 'testimony_procedure'],
  ] as const) {
    const columns = view === 'published_tag' ? sql`x.tag_id` : sql`x.label, x.procedure_id`;
    await sql`
      create view testimonies.${sql.id(view)} as
        select x.testimony_id, ${columns} from testimonies.${sql.id(table)} x
          join testimonies.testimony t on t.id = x.testimony_id and t.state = 'PUBLISHED'`.execute(db);
  }
  for (const readable of [...VIEWS, 'tag', 'reply_duty']) {
    await sql`grant select on testimonies.${sql.id(readable)} to testimonies_public, testimonies_agent`.execute(
      db,
    );
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const view of VIEWS) await sql`drop view testimonies.${sql.id(view)}`.execute(db);
  for (const table of TABLES) await sql`drop table testimonies.${sql.id(table)}`.execute(db);
  for (const name of ['search_query', 'searched', 'words']) {
    await sql`drop function testimonies.${sql.id(name)}(text)`.execute(db);
  }
  await dropJournal(db, 'testimonies');
}

const VIEWS = [
  'published_procedure',
  'published_tag',
  'published_reply',
  'published_concern',
  'published_testimony',
];

/** Dependents first, the order in which they can be dropped. */
const TABLES = ['reply_duty', 'testimony_procedure', 'testimony_tag', 'tag', 'reply', 'concern', 'testimony'];
