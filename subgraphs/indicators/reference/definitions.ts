import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { IndicatorsTables } from '../tables.ts';
import { optional, readRows } from './csv.ts';

const blankAsNull = (cell: unknown) => (cell === '' ? null : cell);

const ROW = z.object({
  id: z.string().startsWith('IND-'),
  code: z.string().min(1),
  // Code of the network; empty: common to all; ALL: all public services together.
  reseau: optional,
  // The indicator of the common core that one common to all is a part of.
  indicateur_commun: optional.optional(),
  titre: z.string().min(1),
  titre_usager: z.string().min(1),
  question: optional,
  famille: z.enum(['PERFORMANCE', 'SATISFACTION']),
  unite: z.enum(['PERCENT', 'SCORE_10', 'POINTS', 'MINUTES', 'DAYS', 'COUNT']),
  sens: z.enum(['HIGHER_IS_BETTER', 'LOWER_IS_BETTER']),
  frequence: z.enum(['ANNUAL', 'HALF_YEARLY', 'QUARTERLY', 'MONTHLY', 'IRREGULAR']),
  formule: z.preprocess(blankAsNull, z.enum(['RATIO', 'MEAN', 'FAVOURABLE', 'NET', 'SUM']).nullable()),
  sources: optional,
  methodes: optional,
  engagements: z.string(),
  version: z.coerce.number().int().positive(),
  valable_depuis: z.preprocess(blankAsNull, z.iso.date().nullable()),
});

/** Creates or corrects indicators, a version of their definition, and the commitments that they prove. */
export async function putDefinitions(
  trx: Transaction<IndicatorsTables>,
  csv: string,
  importId: string,
): Promise<number> {
  const rows = readRows(csv, ROW);
  for (const [index, row] of rows.entries()) {
    const network = row.reseau === null || row.reseau === 'ALL' ? row.reseau : `NET-${row.reseau}`;
    const origin = {
      network_id: network,
      code: row.code,
      import_id: importId,
      import_row: index + 2,
      ...(row.indicateur_commun && { core_indicator_id: row.indicateur_commun }),
    };
    await trx
      .insertInto('indicators.indicator')
      .values({ id: row.id, core_indicator_id: null, comparability: null, ...origin })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(origin))
      .execute();
    const definition = {
      title: row.titre,
      user_title: row.titre_usager,
      question: row.question,
      family: row.famille,
      unit: row.unite,
      direction: row.sens,
      frequency: row.frequence,
      formula: row.formule,
      sources: row.sources,
      methods: row.methodes,
      valid_from: row.valable_depuis,
    };
    await trx
      .insertInto('indicators.definition')
      .values({ indicator_id: row.id, version: row.version, ...definition })
      .onConflict((conflict) => conflict.columns(['indicator_id', 'version']).doUpdateSet(definition))
      .execute();
    await putCommitments(trx, row.id, row.engagements);
  }
  return rows.length;
}

/** `list`: codes of commitments with bars between them, « E4|2021-5 ». */
async function putCommitments(
  trx: Transaction<IndicatorsTables>,
  indicator: string,
  list: string,
): Promise<void> {
  const commitments = list.split('|').filter((code) => code !== '');
  await trx.deleteFrom('indicators.indicator_commitment').where('indicator_id', '=', indicator).execute();
  if (commitments.length === 0) return;
  await trx
    .insertInto('indicators.indicator_commitment')
    .values(commitments.map((code) => ({ indicator_id: indicator, commitment_id: `COMMITMENT-${code}` })))
    .execute();
}
