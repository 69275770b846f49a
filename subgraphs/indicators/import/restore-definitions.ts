import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Entity } from '../../../kernel/import/before.ts';
import type { ImportTransaction, RollbackContext } from '../../../kernel/import/feed.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { DEFINITION } from './entities.ts';

/**
 * Undoes definitions of indicators, unless results were measured under one that would go: even a withdrawn result
 * must stay readable.
 * @throws HubError CONFLICT
 */
export const restoreDefinitions =
  (entities: readonly Entity[]) =>
  async (trx: ImportTransaction, { importId }: RollbackContext): Promise<void> => {
    const used = await sql<{ indicator_id: string }>`
      select d.indicator_id
        from import_before b
        join indicators.definition d on b.entity_id = d.indicator_id || '|' || d.version
       where b.import_id = ${importId} and b.entity = ${DEFINITION.name} and b.before is null
         and exists (select from indicators.result r
                      where r.indicator_id = d.indicator_id and r.definition_version = d.version)
       limit 1`.execute(trx);
    const first = used.rows[0];
    if (first !== undefined) {
      throw new HubError('CONFLICT', `results were published under this definition of ${first.indicator_id}`);
    }
    await restoreEntities(trx, importId, entities);
  };
