import { type RawBuilder, sql } from 'kysely';

/**
 * How the cells of a file name what the directory holds, as SQL on the staged row `s`. The directory is shared:
 * these work in every subgraph.
 */

/** Id of the network that a cell names by id, code or any of its labels; NULL when unknown. */
export const networkId = (cell: RawBuilder<unknown>) => sql<string | null>`coalesce(
  (select n.id from directory.network n where n.id = ${cell}),
  (select a.network_id from directory.network_alias a where a.key = directory.label_key(${cell})))`;

/** Id of the structure that a cell names by id or Code SP+; NULL when unknown. */
export const structureId = (cell: RawBuilder<unknown>) => sql<string | null>`(
  select d.id from directory.structure d where d.id in (${cell}, 'STR-' || ${cell}))`;

/** Id of the site that a cell names by id, UUID or code of the directory, present or former; NULL when unknown. */
export const siteId = (cell: RawBuilder<unknown>) => sql<string | null>`coalesce(
  (select i.id from directory.site i where i.id in (${cell}, 'SITE-' || lower(${cell}))),
  (select a.site_id from directory.site_alias a where a.alias in (${cell}, 'SITE-' || lower(${cell})) limit 1))`;

/** Id of the current commune behind a code such as 62080, that of a merged commune included. */
export const communeId = (cell: RawBuilder<unknown>) => sql<string | null>`(
  select coalesce(c.merged_into, c.id) from directory.territory c where c.id = 'COM-' || ${cell})`;

/** Id of the territory that a cell names by id (DEP-62, FR), or of the commune of that code; NULL when unknown. */
export const territoryId = (cell: RawBuilder<unknown>) => sql<string | null>`coalesce(
  (select t.id from directory.territory t where t.id = ${cell}), ${communeId(cell)})`;

/** Check: the network that a row names, if it names one, is none. */
export const unknownNetwork = {
  code: 'UNKNOWN_NETWORK',
  severity: 'QUARANTINED',
  column: 'reseau',
  message: 'no network of that name or code',
  sample: sql`s.network`,
  where: sql`s.network is not null and ${networkId(sql`s.network`)} is null`,
} as const;

/** Check: the site that a row names, if it names one, is none. */
export const unknownSite = {
  code: 'UNKNOWN_SITE',
  severity: 'QUARANTINED',
  column: 'site',
  message: 'no such site',
  sample: sql`s.site`,
  where: sql`s.site is not null and ${siteId(sql`s.site`)} is null`,
} as const;

interface NamedInNetwork {
  code: string;
  /** The column as the file names it. */
  column: string;
  message: string;
  /** The staging column that holds the id. */
  named: string;
  /** Where what it names is kept, with `id` and `network_id`. */
  table: string;
}

/** Check: what a row names, if it names one, is not kept for its network. An unknown network has a check of its own. */
export const unknownInNetwork = ({ code, column, message, named, table }: NamedInNetwork) =>
  ({
    code,
    severity: 'QUARANTINED',
    column,
    message,
    sample: sql.ref(`s.${named}`),
    where: sql`${sql.ref(`s.${named}`)} is not null and ${networkId(sql`s.network`)} is not null and not exists (
      select from ${sql.table(table)} t
       where t.id = ${sql.ref(`s.${named}`)} and t.network_id = ${networkId(sql`s.network`)})`,
  }) as const;
