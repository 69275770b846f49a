import { sql } from 'kysely';
import { HubError } from '../errors.ts';
import { type Entity, keyText } from './before.ts';
import type { ImportTransaction } from './feed.ts';

/**
 * Puts back the rows that an import changed: changed ones as they were, deleted ones again, new ones deleted.
 * @param entities in the order of their references, referenced tables first
 * @throws HubError CONFLICT when a later import touched one of the same rows
 */
export async function restoreEntities(
  trx: ImportTransaction,
  importId: string,
  entities: readonly Entity[],
): Promise<void> {
  await refuseOverlap(trx, importId);
  for (const entity of entities) await putBack(trx, importId, entity);
  for (const entity of entities.toReversed()) {
    if (entity.onNew === 'keep') continue;
    await sql`
      delete from ${sql.table(entity.table)} t using import_before b
      where b.import_id = ${importId} and b.entity = ${entity.name} and b.before is null
        and b.entity_id = ${keyText(entity, 't')}`.execute(trx);
  }
}

/** Only imports that are still published stand in the way: undo the later ones first. */
async function refuseOverlap(trx: ImportTransaction, importId: string): Promise<void> {
  const later = await sql<{ id: string; feed: string; entity_id: string }>`
    select i.id, i.feed, theirs.entity_id
    from import_before ours
    join import_before theirs on theirs.entity = ours.entity and theirs.entity_id = ours.entity_id
    join import i on i.id = theirs.import_id
    where ours.import_id = ${importId} and i.state = 'PUBLISHED'
      and i.publication > (select publication from import where id = ${importId})
    order by i.publication desc, theirs.entity_id limit 1`.execute(trx);
  const first = later.rows[0];
  if (first === undefined) return;
  throw new HubError(
    'CONFLICT',
    `a later import (${first.feed} ${first.id}) touched the same rows, ${first.entity_id} among them: roll it back first`,
  );
}

async function putBack(trx: ImportTransaction, importId: string, entity: Entity): Promise<void> {
  const columns = await writableColumns(trx, entity.table);
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const values = sql.join(columns.map((name) => sql.ref(`r.${name}`)));
  const before = sql`import_before b cross join lateral jsonb_populate_record(null::${sql.table(entity.table)}, b.before) r`;
  const wanted = sql`b.import_id = ${importId} and b.entity = ${entity.name} and b.before is not null`;
  await sql`
    update ${sql.table(entity.table)} t set (${names}) = row(${values})
    from ${before} where ${wanted} and b.entity_id = ${keyText(entity, 't')}`.execute(trx);
  await sql`
    insert into ${sql.table(entity.table)} (${names}) select ${values} from ${before}
    where ${wanted} and not exists (select from ${sql.table(entity.table)} t where ${keyText(entity, 't')} = b.entity_id)
  `.execute(trx);
}

/** Columns that may be written: generated ones follow by themselves. */
async function writableColumns(trx: ImportTransaction, table: string): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'
    order by attnum`.execute(trx);
  return found.rows.map(({ name }) => name);
}
