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

/**
 * Row-level security for a table of unpublished rows with a `network_id`: as its `agent`, the roles named see and
 * write the rows of their network, DITP those of all, every other role none, even of its own network. Called by
 * migrations; the public role gets nothing. The owner, which migrates and publishes, is not bound by it.
 *
 * @param rights what the agent may do at all, within those rows
 * @param roles the roles bound to a network that these rows are for
 */
export async function protectByNetwork(
  db: Kysely<any>,
  schema: string,
  table: string,
  rights: readonly ('select' | 'insert' | 'update' | 'delete')[],
  roles: readonly ViewerRole[] = ['NETWORK_HQ'],
): Promise<void> {
  const target = sql.table(`${schema}.${table}`);
  const agent = sql.ref(roleName(schema, 'agent'));
  const named = sql.join(roles.map((role) => sql.lit(role)));
  await sql`alter table ${target} enable row level security`.execute(db);
  await sql`
    create policy of_the_network on ${target} to ${agent}
      using (current_setting('hub.role', true) = 'DITP'
        or (current_setting('hub.role', true) in (${named}) and network_id = current_setting('hub.network', true)))
  `.execute(db);
  await sql`grant ${sql.raw(rights.join(', '))} on ${target} to ${agent}`.execute(db);
}
