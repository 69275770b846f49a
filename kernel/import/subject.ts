import { type RawBuilder, sql } from 'kysely';
import { reportRows } from './checks.ts';
import { text } from './columns.ts';
import type { ImportTransaction } from './feed.ts';
import { type RowProblem, rejected } from './problem.ts';
import { networkId, siteId, structureId, territoryId } from './resolve.ts';
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

/** Values of the columns `network_id`, `structure_id`, `site_id` of a fact, on the staged row `s`. */
export const placeValues = {
  network_id: network,
  structure_id: structureId(sql`s.structure`),
  site_id: siteId(sql`s.site`),
};

/** The same, with `territory_id`. */
export const subjectValues = { ...placeValues, territory_id: territoryId(sql`s.territory`) };

/** How the cells of a column lead to an id, and what is said of those that do not. */
const NAMES = {
  network: { find: networkId, column: 'reseau', message: 'no network of that name or code' },
  structure: { find: structureId, column: 'code_sp_structure', message: 'no such structure' },
  site: { find: siteId, column: 'site', message: 'no such site' },
  territory: {
    find: territoryId,
    column: 'territoire',
    message: 'expected an id such as DEP-62, or the code of a commune',
  },
} as const;

/**
 * Sets aside the rows whose network, structure, site or territory is unknown, and those whose structure or site
 * belongs to another network. Each cell is looked up once, however many rows have it.
 * @param columns those of the sheet: only what it has is checked
 */
export async function checkSubject(trx: ImportTransaction, columns: Columns): Promise<void> {
  for (const name of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
    if (!(name in columns)) continue;
    const { find, column, message } = NAMES[name];
    const cell = sql.ref(name);
    await reportRows(trx, {
      code: `UNKNOWN_${name.toUpperCase()}`,
      severity: 'QUARANTINED',
      column,
      message,
      sample: sql.ref(`s.${name}`),
      where: sql`${sql.ref(`s.${name}`)} in (
        select named.cell from (select distinct ${cell} as cell from import_row where ${cell} is not null) named
         where ${find(sql`named.cell`)} is null)`,
    });
    if (name === 'structure' || name === 'site') await otherNetwork(trx, name);
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

async function otherNetwork(trx: ImportTransaction, what: 'structure' | 'site'): Promise<void> {
  const { find, column } = NAMES[what];
  const cell = sql.ref(what);
  await reportRows(trx, {
    code: 'OTHER_NETWORK',
    severity: 'QUARANTINED',
    column,
    message: `this ${what} belongs to another network`,
    sample: sql.ref(`s.${what}`),
    where: sql`(s.network, ${sql.ref(`s.${what}`)}) in (
      select named.network, named.cell
        from (select distinct network, ${cell} as cell from import_row where ${cell} is not null) named
        join ${sql.table(`directory.${what}`)} d on d.id = ${find(sql`named.cell`)}
       where ${networkId(sql`named.network`)} is not null
         and coalesce(d.network_id not in ${successors(sql`named.network`)}, true))`,
  });
}

/** A network and those that took its place: what Pôle emploi did stands at sites of France Travail. */
const successors = (cell: RawBuilder<unknown>) => sql`(
  with recursive chain(id) as (
    select ${networkId(cell)} collate "C"
    union select n.successor_id from chain join directory.network n on n.id = chain.id
           where n.successor_id is not null
  ) select id from chain)`;
