import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { IndicatorsTables } from '../tables.ts';
import { optional, readRows } from './csv.ts';

const ROW = z.object({
  indicateur: z.string().startsWith('IND-'),
  indicateur_commun: optional,
  comparabilite: z.enum(['SAME_QUESTION', 'CLOSE', 'OWN']),
});

/** Says of indicators which one of the common core they compare with, and how closely. */
export async function putCoreMap(trx: Transaction<IndicatorsTables>, csv: string): Promise<number> {
  const rows = readRows(csv, ROW);
  for (const row of rows) {
    await trx
      .updateTable('indicators.indicator')
      .set({ core_indicator_id: row.indicateur_commun, comparability: row.comparabilite })
      .where('id', '=', row.indicateur)
      .execute();
  }
  return rows.length;
}
