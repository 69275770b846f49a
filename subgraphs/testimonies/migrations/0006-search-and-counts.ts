import { type Kysely, sql } from 'kysely';

/**
 * What published testimonies are searched and counted by, in rows narrow enough that the commonest words and the
 * largest networks are read in a fraction of a second: one row per structure concerned, one alone where there is none.
 *
 * The rows follow every way of writing (files, rollbacks, the graph, erasure): triggers note which testimonies a
 * transaction touched, and these are written anew just before it commits.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    -- As in 0001, with the words of the text made once and not for each of the two dictionaries.
    create or replace function testimonies.searched(value text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
    declare
      single constant text := testimonies.words(value);
    begin
      return to_tsvector('pg_catalog.french', single) || to_tsvector('pg_catalog.simple', single);
    end $$`.execute(db);
  await entries(db);
  await following(db);
  await sql`select testimonies.write_entries(array(select id from testimonies.testimony))`.execute(db);
  await indexes(db);
  await sql`drop index testimonies.testimony_search`.execute(db);
  // Samples of words would outlive a text that is erased, and no plan is chosen by them any more.
  await sql`alter table testimonies.testimony alter column search set statistics 0`.execute(db);
  await sql`alter index testimonies.entry_words alter column 1 set statistics 0`.execute(db);
  await sql`create index on testimonies.testimony_procedure (procedure_id, label)`.execute(db);
}

async function entries(db: Kysely<any>): Promise<void> {
  await sql`create sequence testimonies.entry_number`.execute(db);
  await sql`
    -- Structures with their sites, as testimonies name them: few, so that where they stand is looked up once each.
    create table testimonies.entry_place (
      id integer generated always as identity primary key,
      network_id text collate "C" not null,
      structure_id text collate "C",
      site_id text collate "C"
    )`.execute(db);
  await sql`
    create unique index on testimonies.entry_place (network_id, coalesce(structure_id, ''), coalesce(site_id, ''))`.execute(
    db,
  );
  await sql`
    create table testimonies.entry (
      -- The same for all rows of a testimony: numbers are told apart faster than ids.
      number bigint not null,
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      -- Of the structure concerned; 0 where there is none.
      position smallint not null,
      -- One row of each testimony: what is not about structures reads these only.
      is_first boolean not null,
      published_on date not null,
      written_on date not null,
      feeling text not null,
      posted_as text,
      user_departement_id text collate "C",
      user_region_id text collate "C",
      action_engaged boolean not null,
      answered boolean not null,
      place integer references testimonies.entry_place,
      network_id text collate "C",
      status text,
      first_answered_on date,
      channels text[] not null,
      tags text[] not null,
      -- Ids, else the words of the user.
      procedures text[] not null,
      primary key (testimony_id, position)
    )`.execute(db);
  await sql`
    -- Where structures and sites stand is the directory's to say, today.
    create view testimonies.published_place as
      select p.id, p.network_id, p.structure_id, p.site_id, s.typology_id,
             coalesce(site.commune_id, s.commune_id) as commune_id,
             coalesce(site.departement_id, s.departement_id) as departement_id,
             coalesce(site.region_id, s.region_id) as region_id
        from testimonies.entry_place p
        left join directory.structure s on s.id = p.structure_id
        left join directory.site site on site.id = p.site_id`.execute(db);
  await sql`
    create view testimonies.published_entry as
      select e.*, p.structure_id, p.site_id, p.typology_id, p.commune_id, p.departement_id, p.region_id
        from testimonies.entry e left join testimonies.published_place p on p.id = e.place`.execute(db);
  for (const view of ['published_place', 'published_entry']) {
    await sql`grant select on testimonies.${sql.id(view)} to testimonies_public, testimonies_agent`.execute(
      db,
    );
  }
  await sql`
    -- The words of a published testimony. Called immutable so that an index of the narrow rows can hold them: they are
    -- for as long as a row lives, since a testimony that changes gets new rows. Dear, so that no plan reads it per row.
    create function testimonies.words_told(testimony_id text) returns tsvector
      language sql immutable strict parallel safe cost 2000 security definer set search_path = '' as $$
      select t.search from testimonies.testimony t where t.id = $1 and t.state = 'PUBLISHED' $$`.execute(db);
}

async function indexes(db: Kysely<any>): Promise<void> {
  await sql`create index entry_words on testimonies.entry using gin (testimonies.words_told(testimony_id))`.execute(
    db,
  );
  await sql`
    create index entry_latest on testimonies.entry (published_on desc, testimony_id desc) where is_first`.execute(
    db,
  );
  for (const subject of ['network_id', 'place']) {
    await sql`
      create index ${sql.id(`entry_by_${subject}`)} on testimonies.entry
        (${sql.id(subject)}, published_on desc, testimony_id desc) where ${sql.id(subject)} is not null`.execute(
      db,
    );
  }
}

/** How rows follow what is written. */
async function following(db: Kysely<any>): Promise<void> {
  await sql`
    create function testimonies.write_entries(ids text[]) returns void
      language plpgsql set search_path = '' as $$
    begin
      delete from testimonies.entry where testimony_id = any(ids);
      insert into testimonies.entry_place (network_id, structure_id, site_id)
        select distinct c.network_id, c.structure_id, c.site_id
          from unnest(ids) as asked(id)
         cross join lateral (
           select c.network_id, c.structure_id, c.site_id from testimonies.published_concern c
            where c.testimony_id = asked.id offset 0) c
          left join testimonies.entry_place p on p.network_id = c.network_id
                and coalesce(p.structure_id, '') = coalesce(c.structure_id, '')
                and coalesce(p.site_id, '') = coalesce(c.site_id, '')
         where p.id is null
        on conflict do nothing;
      -- Testimony by testimony, whatever the planner thinks of how many there are: the same work for each.
      insert into testimonies.entry
        select t.number, t.id, coalesce(c.position, 0), coalesce(c.is_first, true),
               t.published_on, t.written_on, t.feeling, t.posted_as, t.user_departement_id, t.user_region_id,
               t.action_engaged, t.answered, p.id, c.network_id, c.status, c.first_answered_on,
               coalesce(c.channels, '{}'), g.tags, d.procedures
          from unnest(ids) as asked(id)
         cross join lateral (
           select nextval('testimonies.entry_number') as number, t.id, t.published_on, t.written_on, t.feeling,
                  t.posted_as, t.user_departement_id, t.user_region_id, t.action_engaged, t.answered
             from testimonies.published_testimony t where t.id = asked.id offset 0) t
          left join lateral (
           select c.position, c.network_id, c.structure_id, c.site_id, c.status,
                  array(select distinct channel from unnest(c.channels) as channel order by channel) as channels,
                  (select r.first_answered_on from testimonies.published_reply r
                    where r.testimony_id = asked.id and r.position = c.position) as first_answered_on,
                  row_number() over (order by c.position) = 1 as is_first
             from testimonies.published_concern c where c.testimony_id = asked.id) c on true
         cross join lateral (
           select coalesce(array_agg(g.tag_id order by g.tag_id), '{}') as tags
             from testimonies.testimony_tag g where g.testimony_id = asked.id) g
         cross join lateral (
           select coalesce(array_agg(distinct coalesce(d.procedure_id, d.label)), '{}') as procedures
             from testimonies.testimony_procedure d where d.testimony_id = asked.id) d
          left join testimonies.entry_place p on p.network_id = c.network_id
                and coalesce(p.structure_id, '') = coalesce(c.structure_id, '')
                and coalesce(p.site_id, '') = coalesce(c.site_id, '')
         order by t.published_on, t.id, c.position;
    end $$`.execute(db);
  await sql`
    -- Testimonies that a transaction touched; empty whenever none is under way.
    create unlogged table testimonies.entry_due (
      turn xid8 not null default pg_current_xact_id(),
      testimony_id text collate "C" not null,
      primary key (turn, testimony_id)
    )`.execute(db);
  await sql`
    -- Transactions that have noted some: what calls the writing of rows, once each.
    create unlogged table testimonies.entry_turn (
      turn xid8 primary key default pg_current_xact_id()
    )`.execute(db);
  await sql`
    create function testimonies.note_entries() returns trigger
      language plpgsql security definer set search_path = '' as $$
    declare
      source constant text := case tg_op
        when 'INSERT' then 'select %1$I as id from written'
        when 'DELETE' then 'select %1$I as id from removed'
        -- Votes and reasons of rejection change nothing here.
        else 'select coalesce(n.%1$I, o.%1$I) as id from written n full join removed o on n.%1$I = o.%1$I %2$s
               where to_jsonb(n) - $1 is distinct from to_jsonb(o) - $1' end;
    begin
      execute format(
        'insert into testimonies.entry_due (testimony_id) select distinct id from (' || source || ') x
         on conflict do nothing', tg_argv[0], tg_argv[1])
        using array['similar_experiences', 'version', 'written_at', 'submitted_at', 'import_row', 'import_id', 'search'];
      insert into testimonies.entry_turn default values on conflict do nothing;
      return null;
    end $$`.execute(db);
  await sql`
    create function testimonies.follow_entries() returns trigger
      language plpgsql security definer set search_path = '' as $$
    declare
      ids text[];
      many boolean;
    begin
      delete from testimonies.entry_turn where turn = new.turn;
      with done as (
        delete from testimonies.entry_due where turn = new.turn returning testimony_id
      ) select array_agg(testimony_id) into ids from done;
      many := cardinality(ids) > 5000;
      -- Who writes of the same testimony meanwhile waits here, and then reads what this one has written.
      perform from testimonies.testimony where id = any(ids) order by id for no key update;
      -- Words of a file are gathered and put into the index together, as readers would else do at each search.
      if many then set local gin_pending_list_limit = '64MB'; end if;
      perform testimonies.write_entries(ids);
      if many then
        perform gin_clean_pending_list('testimonies.entry_words');
        -- What a file brings changes the plans at once.
        analyze testimonies.entry;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create constraint trigger follow_entries after insert on testimonies.entry_turn
      deferrable initially deferred for each row execute function testimonies.follow_entries()`.execute(db);
  for (const { table, id, key } of FOLLOWED) {
    for (const [event, rows] of Object.entries(EVENTS)) {
      await sql`
        create trigger ${sql.id(`note_entries_${event}`)} after ${sql.raw(event)} on testimonies.${sql.id(table)}
          referencing ${sql.raw(rows)} for each statement
          execute function testimonies.note_entries(${sql.lit(id)}, ${sql.lit(key)})`.execute(db);
    }
  }
}

/** What an entry says comes from these tables; `key` completes the testimony's id to that of a row. */
const FOLLOWED = [
  { table: 'testimony', id: 'id', key: '' },
  { table: 'concern', id: 'testimony_id', key: 'and n.position = o.position' },
  { table: 'reply', id: 'testimony_id', key: 'and n.position = o.position' },
  { table: 'testimony_tag', id: 'testimony_id', key: 'and n.tag_id = o.tag_id' },
  { table: 'testimony_procedure', id: 'testimony_id', key: 'and n.label = o.label' },
];

const EVENTS = {
  insert: 'new table as written',
  update: 'old table as removed new table as written',
  delete: 'old table as removed',
};

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop index testimonies.testimony_procedure_procedure_id_label_idx`.execute(db);
  await sql`alter table testimonies.testimony alter column search set statistics -1`.execute(db);
  await sql`create index testimony_search on testimonies.testimony using gin (search)`.execute(db);
  for (const { table } of FOLLOWED) {
    for (const event of Object.keys(EVENTS)) {
      await sql`drop trigger ${sql.id(`note_entries_${event}`)} on testimonies.${sql.id(table)}`.execute(db);
    }
  }
  await sql`drop view testimonies.published_entry, testimonies.published_place`.execute(db);
  await sql`drop table testimonies.entry_turn, testimonies.entry_due, testimonies.entry, testimonies.entry_place`.execute(
    db,
  );
  await sql`drop sequence testimonies.entry_number`.execute(db);
  for (const name of ['follow_entries()', 'note_entries()', 'write_entries(text[])', 'words_told(text)']) {
    await sql`drop function testimonies.${sql.raw(name)}`.execute(db);
  }
  await sql`
    create or replace function testimonies.searched(value text) returns tsvector
      language sql immutable strict parallel safe
      return to_tsvector('pg_catalog.french', testimonies.words(value))
          || to_tsvector('pg_catalog.simple', testimonies.words(value))`.execute(db);
}
