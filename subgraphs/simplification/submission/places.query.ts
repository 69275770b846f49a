import { type QueryExecutorProvider, sql } from 'kysely';

/** Of what a report names: whether it is there, and of the network that it names. */
export interface Known {
  network: boolean;
  structure: boolean;
  site: boolean;
  /** In the published register: what is being prepared is nobody's business yet. */
  document: boolean;
}

/** Looks up what a report names; what it does not name is known. */
export async function knownOf(
  db: QueryExecutorProvider,
  {
    network,
    structure,
    site,
    document,
  }: { network: string; structure: string | null; site: string | null; document: string | null },
): Promise<Known> {
  const named = (id: string | null, table: string) => sql`
    (${id}::text is null or exists (
      select from ${sql.table(table)} t where t.id = ${id}::text and t.network_id = ${network}))`;
  const { rows } = await sql<Known>`
    select exists (select from directory.network n where n.id = ${network}) as network,
           ${named(structure, 'directory.structure')} as structure,
           ${named(site, 'directory.site')} as site,
           ${named(document, 'simplification.published_document')} as document`.execute(db);
  return rows[0] ?? { network: false, structure: false, site: false, document: false };
}
