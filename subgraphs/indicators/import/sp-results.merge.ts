import { sql } from 'kysely';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { findCandidates } from '../publication/candidates.ts';
import { checkCandidates } from '../publication/checks.ts';
import { publishCandidates } from '../publication/publish.ts';
import { rollbackResults } from '../publication/rollback.ts';
import { checkFileNetwork, networkOfRow, networkOption } from './file-network.ts';
import { checkOneSource, keepSource } from './file-source.ts';
import { periodOption } from './result-columns.ts';
import { spResultsSheet } from './sp-results.sheet.ts';

/**
 * Results of the open-data export. Its period is our reading: the one that holds the day of update, as long as
 * the indicator's frequency; a `periode` column or the option says better.
 */
export const spResults = defineFeed({
  name: 'sp-results',
  subgraph: 'indicators',
  description: 'Results per structure, open-data export of Services Publics+ (CSV or JSON)',
  source: 'Services Publics+, résultats des indicateurs',
  licence: 'Licence Ouverte 2.0',
  input: spResultsSheet,
  options: { ...periodOption, ...networkOption },
  scope: () => 'all',
  async check(trx, { options }) {
    await findCandidates(
      trx,
      sql`
        select record, line, ${networkOfRow(options)} as network_key, 'STRUCTURE' as subject_kind, structure as subject_key,
               indicator as indicator_key, indicator_title, coalesce(period, ${options['period'] ?? null}) as period_label,
               value, null :: numeric as numerator, null :: numeric as denominator, null :: integer as respondents,
               null :: integer as very_favourable, null :: integer as favourable,
               null :: integer as unfavourable, null :: integer as very_unfavourable, updated_on
          from import_row`,
      { networkOfSubject: true },
    );
    await checkFileNetwork(trx, options, 'intitule_du_reseau');
    await checkCandidates(trx, {
      network: 'intitule_du_reseau',
      structure: 'code_sp_structure',
      site: 'code_sp_structure',
      territory: 'code_sp_structure',
      indicator: 'code_sp_de_l_indicateur',
      value: 'valeur',
      period: 'date_de_mise_a_jour',
    });
    await checkOneSource(trx);
  },
  async merge(trx, context) {
    await keepSource(trx, context.importId);
    return publishCandidates(trx, context);
  },
  rollback: rollbackResults,
});
