import { type Kysely, sql, type Transaction } from 'kysely';
import type { Viewer, ViewerRole } from '../viewer.ts';
import { roleName } from './roles.ts';

/** Runs work in one transaction, in the name of a viewer: row-level security sees who asks. */
export type Agent<DB> = <T>(work: (trx: Transaction<DB>) => Promise<T>) => Promise<T>;

/** @param db pool of the role `agent` */
export function agentOf<DB>(db: Kysely<DB>, { role, network, structure }: Viewer): Agent<DB> {
  return (work) =>
    db.transaction().execute(async (trx) => {
      // Of this transaction only: a connection back in the pool stands for nobody, and sees no row.
      await sql`select set_config('hub.role', ${role}, true), set_config('hub.network', ${network ?? ''}, true),
                       set_config('hub.structure', ${structure ?? ''}, true)`.execute(trx);
      return work(trx);
    });
}

/** Who sees unpublished rows, beside DITP which sees all. */
export interface Readers {
  /** Roles that see the rows of their network. */
  network?: readonly ViewerRole[];
  /** Roles that see the rows of every network. */
  everywhere?: readonly ViewerRole[];
  /** Whether a LOCAL_REFERENT sees rows of structures and sites below its own: columns `structure_id`, `site_id`. */
  referent?: boolean;
}

/**
 * Row-level security for a table of unpublished rows with a `network_id`: as its `agent`, the readers named see and
 * write the rows that are theirs, DITP those of all, every other role none, even of its own network. Called by
 * migrations; the public role gets nothing. The owner, which migrates and publishes, is not bound by it.
 *
 * @param rights what the agent may do at all, within those rows
 */
export async function protectByNetwork(
  db: Kysely<any>,
  schema: string,
  table: string,
  rights: readonly ('select' | 'insert' | 'update' | 'delete')[],
  { network = ['NETWORK_HQ'], everywhere = [], referent = false }: Readers = {},
): Promise<void> {
  const target = sql.table(`${schema}.${table}`);
  const agent = sql.ref(roleName(schema, 'agent'));
  const is = (roles: readonly ViewerRole[]) =>
    sql`current_setting('hub.role', true) in (${sql.join(roles.map((role) => sql.lit(role)))})`;
  // Sub-selects, so that the branch is looked up once for a statement and not for each row.
  const below = sql`
    structure_id = any(array(select unnest(directory.branch(current_setting('hub.structure', true)))))
    or structure_id is null
      and site_id = any(array(select unnest(directory.branch_sites(current_setting('hub.structure', true)))))`;
  const seen = [
    is(['DITP', ...everywhere]),
    ...(network.length > 0
      ? [sql`${is(network)} and network_id = current_setting('hub.network', true)`]
      : []),
    ...(referent ? [sql`${is(['LOCAL_REFERENT'])} and (${below})`] : []),
  ];
  await sql`alter table ${target} enable row level security`.execute(db);
  await sql`create policy of_the_network on ${target} to ${agent} using (${sql.join(seen, sql` or `)})`.execute(
    db,
  );
  await sql`grant ${sql.raw(rights.join(', '))} on ${target} to ${agent}`.execute(db);
}
