import { type Kysely, sql } from 'kysely';
import { createWriteTables, dropWriteTables } from '../../../kernel/write/tables.ts';

/** Networks word their commitments themselves; readers learn what changed since they last asked. */
export async function up(db: Kysely<any>): Promise<void> {
  await createWriteTables(db, 'administrations');

  // A wording comes in a file (`import_id`) or from its network through the graph (`written_at`). The version rises
  // with every change, whoever makes it: a writer that read an older one is told.
  await sql`
    alter table administrations.network_commitment
      add column version integer not null default 1,
      add column written_at timestamptz,
      add check (written_at is null or import_id is null)`.execute(db);
  await sql`
    -- Every change of a wording, numbered in the order of the commits: see the lock below.
    create table administrations.wording_change (
      number bigint primary key,
      network_id text collate "C" not null references directory.network,
      commitment_id text collate "C" not null references administrations.commitment,
      kind text not null check (kind in ('CREATED', 'CHANGED', 'CLOSED')),
      version integer not null,
      at timestamptz(3) not null default clock_timestamp(),
      unique (network_id, commitment_id, version, kind)
    )`.execute(db);
  await sql`
    insert into administrations.wording_change (number, network_id, commitment_id, kind, version, at)
    select row_number() over (order by coalesce(i.finished_at, now()), w.network_id, w.commitment_id),
      w.network_id, w.commitment_id, 'CREATED', w.version, coalesce(i.finished_at, now())
    from administrations.network_commitment w left join administrations.import i on i.id = w.import_id`.execute(
    db,
  );

  // Triggers, so that no way of writing is forgotten: command, import and rollback. The lock is held until the commit,
  // so that a number is given only once all smaller ones can be seen.
  await sql`
    create function administrations.lock_wordings() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended('hub wordings administrations', 0));
        return null;
      end $$`.execute(db);
  await sql`
    create function administrations.number_wording() returns trigger language plpgsql as $$
      begin
        -- A wording that comes again after it was removed goes on counting.
        new.version := 1 + coalesce((
          select max(version) from administrations.wording_change
          where network_id = new.network_id and commitment_id = new.commitment_id), 0);
        return new;
      end $$`.execute(db);
  await sql`
    create function administrations.log_wording() returns trigger language plpgsql as $$
      declare
        changed administrations.network_commitment := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into administrations.wording_change (number, network_id, commitment_id, kind, version)
        select coalesce(max(number), 0) + 1, changed.network_id, changed.commitment_id,
          case tg_op when 'INSERT' then 'CREATED' when 'UPDATE' then 'CHANGED' else 'CLOSED' end, changed.version
        from administrations.wording_change;
        return null;
      end $$`.execute(db);
  await sql`
    create trigger lock_wordings before insert or update or delete on administrations.network_commitment
      for each statement execute function administrations.lock_wordings()`.execute(db);
  await sql`
    create trigger number_wording before insert or update on administrations.network_commitment
      for each row execute function administrations.number_wording()`.execute(db);
  await sql`
    create trigger log_wording after insert or update or delete on administrations.network_commitment
      for each row execute function administrations.log_wording()`.execute(db);

  // What each import touched, not what was there before it: the journal keeps that for the owner.
  await sql`
    create view administrations.imported_change as
      select import_id, entity, entity_id, before is null as is_new from administrations.import_before`.execute(
    db,
  );
  for (const role of ['administrations_public', 'administrations_agent']) {
    const reader = sql.ref(role);
    await sql`grant select on administrations.wording_change, administrations.imported_change to ${reader}`.execute(
      db,
    );
    await sql`grant select (rolled_back_by) on administrations.import to ${reader}`.execute(db);
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const role of ['administrations_public', 'administrations_agent']) {
    await sql`revoke select (rolled_back_by) on administrations.import from ${sql.ref(role)}`.execute(db);
  }
  await sql`drop view administrations.imported_change`.execute(db);
  for (const name of ['log_wording', 'number_wording', 'lock_wordings']) {
    await sql`drop trigger ${sql.id(name)} on administrations.network_commitment`.execute(db);
    await sql`drop function administrations.${sql.id(name)}()`.execute(db);
  }
  await sql`drop table administrations.wording_change`.execute(db);
  await sql`
    alter table administrations.network_commitment drop column version, drop column written_at`.execute(db);
  await dropWriteTables(db, 'administrations');
}
