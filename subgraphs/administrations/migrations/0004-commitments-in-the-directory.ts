import { type Kysely, sql } from 'kysely';

/**
 * Which commitments there are, for the subgraphs whose facts name them: ids are the shared contract, texts are not.
 * A table and not a view, because the directory may be replicated; it follows the commitments by itself.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table directory.commitment (
      id text collate "C" primary key,
      version text not null
    )`.execute(db);
  await sql`
    insert into directory.commitment (id, version)
    select id, version from administrations.commitment`.execute(db);
  await sql`
    create function administrations.share_commitment() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        delete from directory.commitment where id = old.id;
      end if;
      if tg_op <> 'DELETE' then
        insert into directory.commitment (id, version) values (new.id, new.version);
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger share_commitment after insert or update of id, version or delete on administrations.commitment
      for each row execute function administrations.share_commitment()`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop trigger share_commitment on administrations.commitment`.execute(db);
  await sql`drop function administrations.share_commitment()`.execute(db);
  await sql`drop table directory.commitment`.execute(db);
}
