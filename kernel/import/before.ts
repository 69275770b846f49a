import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';

/**
 * Undoing of reference data, which imports change in place: before a merge writes, it captures the rows that
 * it may touch; a rollback puts them back. Feeds of facts keep their own history instead.
 */
export interface Entity {
  /** Name in the journal (« structure »). */
  name: string;
  /** Qualified table (« administrations.structure »). */
  table: string;
  /** Columns of its key. */
  key: readonly string[];
  /** What a rollback does with rows that the import created; default: delete them. */
  onNew?: 'delete' | 'keep';
}

/** Text of a row's key, as the journal names it. */
export const keyText = (entity: Entity, alias: string) =>
  sql`concat_ws('|', ${sql.join(entity.key.map((name) => sql`${sql.ref(`${alias}.${name}`)}::text`))})`;

/**
 * Captures rows of an entity before the merge changes them. Call it with every key that the merge may write,
 * new ones included; rows that it leaves as they were are forgotten afterwards.
 * @param keys query of the key columns, under their names in the table
 */
export async function captureBefore(
  trx: QueryExecutorProvider,
  importId: string,
  entity: Entity,
  keys: RawBuilder<unknown>,
): Promise<void> {
  const same = sql.join(
    entity.key.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`k.${name}`)}`),
    sql` and `,
  );
  await sql`
    insert into import_before (import_id, entity, entity_id, before)
    select distinct on (3) ${importId}::uuid, ${entity.name}::text, ${keyText(entity, 'k')},
      case when ${sql.ref(`t.${entity.key[0] ?? ''}`)} is null then null else to_jsonb(t) end
    from (${keys}) k left join ${sql.table(entity.table)} t on ${same}
    on conflict do nothing`.execute(trx);
}

/** Forgets the captured rows that the merge did not change, so that only real changes stand in the way of a rollback. */
export async function pruneBefore(
  trx: QueryExecutorProvider,
  importId: string,
  entities: readonly Entity[],
): Promise<void> {
  for (const entity of entities) {
    await sql`
      delete from import_before b using ${sql.table(entity.table)} t
      where b.import_id = ${importId} and b.entity = ${entity.name}
        and b.entity_id = ${keyText(entity, 't')} and b.before = to_jsonb(t)`.execute(trx);
    await sql`
      delete from import_before b
      where b.import_id = ${importId} and b.entity = ${entity.name} and b.before is null
        and not exists (select from ${sql.table(entity.table)} t where ${keyText(entity, 't')} = b.entity_id)
    `.execute(trx);
  }
}
