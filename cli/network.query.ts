import { type QueryExecutorProvider, sql } from 'kysely';

/** Id of the network that an operator names by id, code or any known label; null when there is none. */
export async function networkNamed(db: QueryExecutorProvider, name: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select n.id from directory.network n
     where ${name} in (n.id, n.code)
        or n.id = (select a.network_id from directory.network_alias a where a.key = directory.label_key(${name}))
     order by n.id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
