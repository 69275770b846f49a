import { sql } from 'kysely';
import { HubError } from '../errors.ts';
import { type Entity, keyText } from './before.ts';
import { reportRows } from './checks.ts';
import type { FeedSpec, ImportContext, ImportTransaction } from './feed.ts';
import { restoreEntities } from './restore.ts';

/** The option of every feed whose facts are written in the hub too. */
export const writtenOption = {
  written: {
    description: 'replace: the file wins over what was written in the hub',
    pattern: /replace/,
    expected: 'replace',
  },
};

/**
 * The part of a feed that keeps what people wrote in the hub from files: a row whose id was written there last (it
 * has no import) is set aside, unless the operator says `written=replace`; and undoing an import stops where
 * somebody wrote after it. The feed takes `writtenOption` among its options.
 *
 * @param entities tables that the feed writes, each with `id`, `import_id`; referenced tables first
 * @param check the other checks of the feed
 * @param cells column of the staging with the id of an entity, by its name, where that is not `id`
 */
export function keptFromFiles(
  entities: readonly Entity[],
  check: (trx: ImportTransaction, context: ImportContext) => Promise<unknown>,
  cells: Readonly<Record<string, string>> = {},
): Required<Pick<FeedSpec, 'check' | 'entities' | 'rollback'>> {
  return {
    entities,
    async check(trx, context) {
      if (context.options['written'] === undefined) {
        for (const entity of entities) await reportWritten(trx, entity, cells[entity.name] ?? 'id');
      }
      await check(trx, context);
    },
    async rollback(trx, { importId }) {
      for (const entity of entities) await refuseWritten(trx, importId, entity);
      await restoreEntities(trx, importId, entities);
    },
  };
}

/** Under the lock of its row, so that nobody writes it between this check and the merge. */
async function reportWritten(trx: ImportTransaction, { table }: Entity, cell: string): Promise<void> {
  const named = sql.ref(`s.${cell}`);
  await sql`
    select from ${sql.table(table)} t where t.id in (select ${named} from import_row s)
     order by t.id for update`.execute(trx);
  await reportRows(trx, {
    code: 'WRITTEN_IN_THE_HUB',
    severity: 'QUARANTINED',
    column: cell === 'id' ? 'identifiant' : null,
    message: 'this was written in the hub since; --option written=replace takes what the file says',
    sample: named,
    where: sql`exists (select from ${sql.table(table)} t where t.id = ${named} and t.import_id is null)`,
  });
}

/** Undoing an import must not undo what somebody wrote after it. */
async function refuseWritten(trx: ImportTransaction, importId: string, entity: Entity): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select t.id from import_before b join ${sql.table(entity.table)} t on ${keyText(entity, 't')} = b.entity_id
     where b.import_id = ${importId} and b.entity = ${entity.name} and t.import_id is null
     order by t.id limit 1 for update of t`.execute(trx);
  if (rows[0] === undefined) return;
  throw new HubError('CONFLICT', `${rows[0].id} was written in the hub since this import`);
}
