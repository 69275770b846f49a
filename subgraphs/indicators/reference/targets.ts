import type { Transaction } from 'kysely';
import { z } from 'zod';
import { parsePeriod } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { readRows } from './csv.ts';

const ROW = z.object({
  reseau: z.string().min(1),
  indicateur: z.string().startsWith('IND-'),
  // Code SP+ of a structure; empty: the whole network.
  structure: z.string(),
  periode: z.string().transform(parsePeriod),
  cible: z.string().regex(/^-?\d+(\.\d+)?$/),
});

/** Creates or corrects the targets that are published. */
export async function putTargets(
  trx: Transaction<IndicatorsTables>,
  csv: string,
  importId: string,
): Promise<number> {
  const rows = readRows(csv, ROW);
  for (const row of rows) {
    const content = { value: row.cible, import_id: importId };
    await trx
      .insertInto('indicators.target')
      .values({
        network_id: row.reseau === 'ALL' ? 'ALL' : `NET-${row.reseau}`,
        indicator_id: row.indicateur,
        structure_id: row.structure === '' ? '' : `STR-${row.structure}`,
        period_start: row.periode.start,
        period_end: row.periode.end,
        ...content,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['network_id', 'indicator_id', 'structure_id', 'period_start', 'period_end'])
          .doUpdateSet(content),
      )
      .execute();
  }
  return rows.length;
}
