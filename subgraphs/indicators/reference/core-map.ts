import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { IndicatorsTables } from '../tables.ts';
import { optional, readRows } from './csv.ts';

const ROW = z.object({
  indicateur: z.string().startsWith('IND-'),
  indicateur_commun: optional,
  comparabilite: z.enum(['SAME_QUESTION', 'CLOSE', 'OWN']),
});

/**
 * Says of indicators which one of the common core they compare with, and how closely. What a user's import of the
 * feed `indicator-core-map` says of one stays.
 */
export async function putCoreMap(trx: Transaction<IndicatorsTables>, csv: string): Promise<number> {
  const rows = readRows(csv, ROW);
  for (const row of rows) {
    await trx
      .updateTable('indicators.indicator')
      .set({ core_indicator_id: row.indicateur_commun, comparability: row.comparabilite })
      .where('id', '=', row.indicateur)
      .where(
        sql<boolean>`not exists (
          select from indicators.import_before b join indicators.import i on i.id = b.import_id
           where b.entity = 'indicator' and b.entity_id = ${row.indicateur}
             and i.feed = 'indicator-core-map' and i.state = 'PUBLISHED')`,
      )
      .execute();
  }
  return rows.length;
}
