import { sql } from 'kysely';
import pg from 'pg';
import { connect } from './database.ts';

/**
 * Tables whose rows may be in an answer to anybody: those that a role `_public` may read, as a whole or some columns,
 * and those below the views that it may read. `$1` names the schemas of the hub, `$2` the roles.
 */
const READ_BY_THE_PUBLIC = `
  with recursive readable(oid) as (
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'v', 'm')
       and exists (select from unnest($2::text[]) role where has_any_column_privilege(role, c.oid, 'select'))
    union
    select d.refobjid from readable v
      join pg_rewrite w on w.ev_class = v.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
       and d.refclassid = 'pg_class'::regclass and d.refobjid <> v.oid
  )
  select n.nspname as schema, c.relname as name, c.relowner::regrole::text as owner,
         exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                  where t.tgrelid = c.oid and t.tgenabled = 'O' and p.oid = to_regprocedure('gateway.table_changes()'))
           as watched
    from readable r join pg_class c on c.oid = r.oid join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and n.nspname = any($1::text[])
   order by 1, 2`;

/** A table that the public reads, and whether what is written to it is told to the gateways. */
export interface PublishedTable {
  schema: string;
  name: string;
  owner: string;
  watched: boolean;
}

/** The tables of these schemas that the public reads, by what the database itself grants. */
export async function publishedTables(
  client: pg.Client,
  schemas: readonly string[],
): Promise<PublishedTable[]> {
  const roles = await client.query<{ name: string }>(
    'select rolname as name from pg_roles where rolname = any($1::text[])',
    [schemas.map((schema) => `${schema}_public`)],
  );
  const found = await client.query<PublishedTable>(READ_BY_THE_PUBLIC, [
    schemas,
    roles.rows.map(({ name }) => name),
  ]);
  return found.rows;
}

/**
 * Puts the trigger `tell_gateways` on each table that the public reads and that has none. Made from the grants and not
 * from a list, so that a new table cannot be forgotten. Does nothing where the gateway's own schema is not there.
 *
 * @param client connected as the login user, who may become the owners; holds the lock of migrations
 * @param migrated whether a migration was applied: it may have changed what is read without touching a row
 */
export async function watchPublished(
  client: pg.Client,
  schemas: readonly string[],
  migrated: boolean,
): Promise<void> {
  const there = await client.query(`select to_regprocedure('gateway.table_changes()') is not null as there`);
  if (!there.rows[0]?.there) return;
  const unwatched = (await publishedTables(client, schemas)).filter(({ watched }) => !watched);
  for (const { schema, name, owner } of unwatched) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    await client.query(`
      begin;
      set local role ${owner};
      create trigger tell_gateways after insert or update or delete or truncate on ${table}
        for each statement execute function gateway.table_changes();
      commit`);
  }
  if (!migrated && unwatched.length === 0) return;
  const all = schemas.map((schema) => `select gateway.changes(${pg.escapeLiteral(schema)});`).join(' ');
  await client.query(`begin; set local role gateway_owner; ${all} commit`);
}

/** Tells the gateways that the answers of a subgraph are others from now on, though none of its rows changed. */
export async function tellChanges(databaseUrl: string, subgraph: string): Promise<void> {
  const db = connect<unknown>(databaseUrl, subgraph, 'owner', { max: 1 });
  try {
    await sql`select gateway.changes(${subgraph})`.execute(db);
  } finally {
    await db.destroy();
  }
}
