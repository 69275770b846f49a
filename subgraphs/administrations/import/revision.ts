import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import type { ImportTransaction, RollbackContext } from '../../../kernel/import/feed.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';

/**
 * Publishes what an import moved as a new revision of the directory: which sites, structures, links, networks
 * and territories changed their network or their département, appeared or closed. Read from the rows captured
 * before the merge, so every row that the merge may write must have been captured.
 *
 * @param more query of what else moved, in the columns of `directory.change`
 * @returns how many entities moved; without any there is no revision
 */
export async function publishRevision(
  trx: ImportTransaction,
  importId: string,
  more?: (revision: Revision) => RawBuilder<unknown>,
): Promise<number> {
  await sql`analyze import_before`.execute(trx);
  return withRevision(trx, importId, (revision) => [
    sql`
      select ${revision}, 'SITE', id, old_network, new_network, old_departement, new_departement
      from (
        select b.entity_id as id,
          case when b.before ->> 'valid_to' is null then b.before ->> 'network_id' end as old_network,
          case when t.valid_to is null then t.network_id end as new_network,
          case when b.before ->> 'valid_to' is null then b.before ->> 'departement_id' end as old_departement,
          case when t.valid_to is null then t.departement_id end as new_departement
        from import_before b left join directory.site t on t.id = b.entity_id
        where b.import_id = ${importId} and b.entity = 'site'
      ) moved
      -- A town hall belongs to no network: nobody computes anything from it.
      where (old_network, old_departement) is distinct from (new_network, new_departement)
        and coalesce(old_network, new_network) is not null`,
    sql`
      select ${revision}, 'STRUCTURE', b.entity_id,
        case when b.before ->> 'valid_to' is null then b.before ->> 'network_id' end,
        case when t.valid_to is null then t.network_id end,
        b.before ->> 'departement_id', t.departement_id
      from import_before b left join directory.structure t on t.id = b.entity_id
      where b.import_id = ${importId} and b.entity = 'structure'
        and (b.before -> 'network_id', b.before -> 'level', b.before -> 'parent_id', b.before -> 'typology_id',
             b.before -> 'departement_id', b.before -> 'region_id', b.before -> 'valid_to')
          is distinct from
            (to_jsonb(t.network_id), to_jsonb(t.level), coalesce(to_jsonb(t.parent_id), 'null'),
             coalesce(to_jsonb(t.typology_id), 'null'), coalesce(to_jsonb(t.departement_id), 'null'),
             coalesce(to_jsonb(t.region_id), 'null'), coalesce(to_jsonb(t.valid_to), 'null'))`,
    sql`
      select distinct on (s.id) ${revision}, 'STRUCTURE_SITE', s.id, s.network_id, s.network_id,
        s.departement_id, s.departement_id
      from import_before b join directory.structure s on s.id = split_part(b.entity_id, '|', 1)
      left join directory.structure_site t
        on t.structure_id = s.id and t.site_id = split_part(b.entity_id, '|', 2)
      where b.import_id = ${importId} and b.entity = 'structure_site'
        and b.before is distinct from to_jsonb(t)`,
    sql`
      select ${revision}, 'NETWORK', b.entity_id, case when b.before is not null then b.entity_id end,
        t.id, null, null
      from import_before b left join directory.network t on t.id = b.entity_id
      where b.import_id = ${importId} and b.entity = 'network' and b.before is distinct from to_jsonb(t)`,
    sql`
      select ${revision}, 'TERRITORY', b.entity_id, null, null, b.before ->> 'departement_id', t.departement_id
      from import_before b left join directory.territory t on t.id = b.entity_id
      where b.import_id = ${importId} and b.entity = 'territory'
        and (b.before ->> 'departement_id', b.before ->> 'region_id', b.before ->> 'merged_into',
             (b.before ->> 'is_current')::boolean)
          is distinct from (t.departement_id, t.region_id, t.merged_into, t.is_current)`,
    ...(more ? [more(revision)] : []),
  ]);
}

/**
 * A rollback of a feed that moves the directory: its rows are put back, and the same entities move the other
 * way in a revision of its own.
 */
export const undoInDirectory =
  (entities: readonly Entity[]) =>
  async (trx: ImportTransaction, { importId, rollbackId }: RollbackContext): Promise<void> => {
    await restoreEntities(trx, importId, entities);
    await withRevision(trx, rollbackId, (revision) => [
      sql`
        select distinct on (c.entity, c.id) ${revision}, c.entity, c.id, c.new_network_id, c.old_network_id,
          c.new_departement_id, c.old_departement_id
        from directory.change c join directory.revision r on r.number = c.revision
        where r.import_id = ${importId}`,
    ]);
  };

/** The number of the revision that is being made. */
export type Revision = RawBuilder<string>;

async function withRevision(
  trx: ImportTransaction,
  importId: string,
  changes: (revision: Revision) => RawBuilder<unknown>[],
): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    insert into directory.revision (number, import_id)
    select coalesce(max(number), 0) + 1, ${importId}::uuid from directory.revision
    returning number`.execute(trx);
  const number = rows[0]?.number ?? '';
  let moved = 0;
  for (const select of changes(sql<string>`${number}::bigint`)) {
    const { numAffectedRows } = await sql`
      insert into directory.change (revision, entity, id, old_network_id, new_network_id,
        old_departement_id, new_departement_id) ${select}
      on conflict do nothing`.execute(trx);
    moved += Number(numAffectedRows ?? 0);
  }
  if (moved === 0) await sql`delete from directory.revision where number = ${number}`.execute(trx);
  return moved;
}
