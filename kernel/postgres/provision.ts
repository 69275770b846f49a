import pg from 'pg';
import { EXTENSION_SCHEMA, ROLES, roleName } from './roles.ts';

const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gin', 'btree_gist'];

/** Errors of two databases of one cluster creating or granting the same role at once; the next try sees it done. */
const RACES = new Set(['42710', '23505', 'XX000', '40001']);

/**
 * Roles, schemas and extensions of the named subgraphs. Idempotent, and safe beside the same work in another
 * database of the cluster. The caller holds the lock of this database.
 *
 * @param client connected as the login user, who needs CREATEROLE (or roles made beforehand and granted to
 *   it) and CREATE on the database.
 */
export async function provision(client: pg.Client, subgraphs: readonly string[]): Promise<void> {
  for (const subgraph of subgraphs) {
    for (const role of ROLES) await provideRole(client, roleName(subgraph, role));
  }
  for (const subgraph of subgraphs) await provideSchema(client, subgraph, roleName(subgraph, 'owner'));
  await client.query(`create schema if not exists ${EXTENSION_SCHEMA}`);
  await client.query(`grant usage on schema ${EXTENSION_SCHEMA} to public`);
  for (const extension of EXTENSIONS) {
    await client.query(`create extension if not exists ${extension} schema ${EXTENSION_SCHEMA}`);
  }
  if (subgraphs.includes('administrations')) await provideDirectory(client, subgraphs);
}

/** A role nobody logs in with, which the login user may become. */
async function provideRole(client: pg.Client, role: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await client.query<{ usable: boolean }>(
        // PostgreSQL 16 tells being a member from being allowed to SET ROLE; 15 knows the former only.
        `select pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000
                                      then 'SET' else 'MEMBER' end) as usable
           from pg_roles where rolname = $1`,
        [role],
      );
      if (found.rows[0]?.usable) return;
      if (found.rows.length === 0) await client.query(`create role ${role} nologin`);
      await client.query(`grant ${role} to current_user`);
      return;
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      if (code === '42501') throw new Error(refusal(client.user, role), { cause: error });
      if (code === undefined || !RACES.has(code) || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * Math.random()));
    }
  }
}

const refusal = (user: string | undefined, role: string) =>
  `The database user "${user}" may not create or use the role "${role}". As an administrator of the server, run ` +
  `ALTER ROLE "${user}" CREATEROLE; or make the roles yourself: CREATE ROLE "${role}" NOLOGIN; ` +
  `GRANT "${role}" TO "${user}"; (likewise for every subgraph, with the suffixes ${ROLES.join(', ')}).`;

/** The schema belongs to `_owner`; the readers may look into it and see what its migrations grant them. */
async function provideSchema(client: pg.Client, schema: string, owner: string): Promise<void> {
  await client.query(`create schema if not exists ${schema} authorization ${owner}`);
  await as(client, owner, [
    `grant usage on schema ${schema} to ${roleName(schema, 'public')}, ${roleName(schema, 'agent')}`,
  ]);
}

/**
 * The shared contract: owned by administrations, readable by every role, now and in the future. `fold` is the
 * one spelling-insensitive form of a text. unaccent is only "stable", because its dictionary could change; the
 * wrapper names the dictionary with its schema and declares the result immutable, so that generated columns and
 * indexes may use it.
 */
async function provideDirectory(client: pg.Client, subgraphs: readonly string[]): Promise<void> {
  const owner = roleName('administrations', 'owner');
  const readers = subgraphs.flatMap((subgraph) => ROLES.map((role) => roleName(subgraph, role))).join(', ');
  // The extension may have been installed elsewhere, e.g. in "public", before the hub came.
  const home = await client.query<{ schema: string }>(
    `select quote_ident(nspname) as schema
       from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'unaccent'`,
  );
  const schema = home.rows[0]?.schema ?? EXTENSION_SCHEMA;
  await client.query(`create schema if not exists directory authorization ${owner}`);
  await as(client, owner, [
    `create or replace function directory.fold(value text) returns text
       language sql immutable strict parallel safe
       return lower(${schema}.unaccent('${schema}.unaccent'::regdictionary, value))`,
    `grant usage on schema directory to ${readers}`,
    `grant select on all tables in schema directory to ${readers}`,
    `alter default privileges in schema directory grant select on tables to ${readers}`,
  ]);
}

/** Runs statements as another role, so that what they make belongs to it. */
async function as(client: pg.Client, role: string, statements: readonly string[]): Promise<void> {
  await client.query(['begin', `set local role ${role}`, ...statements, 'commit'].join(';\n'));
}
