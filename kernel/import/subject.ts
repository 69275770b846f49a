import { type RawBuilder, sql } from 'kysely';
import { reportRows } from './checks.ts';
import { text } from './columns.ts';
import type { ImportTransaction } from './feed.ts';
import { type RowProblem, rejected } from './problem.ts';
import { networkId, siteId, structureId, territoryId, unknownNetwork, unknownSite } from './resolve.ts';
import type { Columns } from './sheet.ts';

/** The network that a row of a headquarters' file is about. */
export const networkColumn = { network: text({ header: 'reseau', required: true, max: 300 }) };

/** Where a row is local: a structure, a site, or both. */
export const placeColumns = {
  structure: text({ header: ['code_sp_structure', 'structure'], max: 120 }),
  site: text({ header: ['site', 'identifiant_site'], max: 120 }),
};

/** Where a row is about a territory of the network, and neither a structure nor a site of it. */
export const territoryColumn = { territory: text({ header: 'territoire', max: 20 }) };

/** A row rule: a territory stands alone, for a structure and a site say theirs. */
export const territoryAlone = (row: {
  structure: string | null;
  site: string | null;
  territory: string | null;
}): RowProblem[] =>
  row.territory !== null && (row.structure !== null || row.site !== null)
    ? [
        rejected(
          'territoire',
          'BAD_SUBJECT',
          'expected a territory, or a structure and a site, not both',
          row.territory,
        ),
      ]
    : [];

const network = networkId(sql`s.network`);
const structure = structureId(sql`s.structure`);
const site = siteId(sql`s.site`);
const territory = territoryId(sql`s.territory`);

/** Values of the columns `network_id`, `structure_id`, `site_id` of a fact, on the staged row `s`. */
export const placeValues = { network_id: network, structure_id: structure, site_id: site };

/** The same, with `territory_id`. */
export const subjectValues = { ...placeValues, territory_id: territory };

/** A network and those that took its place: what Pôle emploi did stands at sites of France Travail. */
const successors = sql`(
  with recursive chain(id) as (
    select ${network} collate "C"
    union select n.successor_id from chain join directory.network n on n.id = chain.id
           where n.successor_id is not null
  ) select id from chain)`;

/**
 * Sets aside the rows whose network, structure, site or territory is unknown, and those whose structure or site
 * belongs to another network.
 * @param columns those of the sheet: only what it has is checked
 */
export async function checkSubject(trx: ImportTransaction, columns: Columns): Promise<void> {
  await reportRows(trx, unknownNetwork);
  if ('structure' in columns) {
    await reportRows(trx, {
      ...unknown('STRUCTURE', 'code_sp_structure', 'no such structure'),
      sample: sql`s.structure`,
      where: sql`s.structure is not null and ${structure} is null`,
    });
    await otherNetwork(trx, 'code_sp_structure', 'structure', structure);
  }
  if ('site' in columns) {
    await reportRows(trx, unknownSite);
    await otherNetwork(trx, 'site', 'site', site);
  }
  if ('territory' in columns) {
    await reportRows(trx, {
      ...unknown('TERRITORY', 'territoire', 'expected an id such as DEP-62, or the code of a commune'),
      sample: sql`s.territory`,
      where: sql`s.territory is not null and ${territory} is null`,
    });
  }
}

/**
 * Sets aside the rows whose id is that of another network's fact: ids lead to one fact in the whole hub.
 * @param table qualified table with `id` and `network_id`; `column` how the file calls the id
 */
export async function checkIds(trx: ImportTransaction, table: string, column = 'identifiant'): Promise<void> {
  await reportRows(trx, {
    code: 'OTHER_NETWORK',
    severity: 'QUARANTINED',
    column,
    message: 'another network has this id already',
    sample: sql`s.id`,
    where: sql`exists (select from ${sql.table(table)} t where t.id = s.id and t.network_id <> ${network})`,
  });
}

const unknown = (what: string, column: string, message: string) =>
  ({ code: `UNKNOWN_${what}`, severity: 'QUARANTINED', column, message }) as const;

async function otherNetwork(
  trx: ImportTransaction,
  column: string,
  what: 'structure' | 'site',
  id: RawBuilder<unknown>,
): Promise<void> {
  await reportRows(trx, {
    code: 'OTHER_NETWORK',
    severity: 'QUARANTINED',
    column,
    message: `this ${what} belongs to another network`,
    sample: sql.ref(`s.${what}`),
    where: sql`${network} is not null and exists (
      select from ${sql.table(`directory.${what}`)} d where d.id = ${id}
        and coalesce(d.network_id not in ${successors}, true))`,
  });
}
