import { sql } from 'kysely';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { findCandidates } from '../publication/candidates.ts';
import { checkCandidates } from '../publication/checks.ts';
import { publishCandidates } from '../publication/publish.ts';
import { rollbackResults } from '../publication/rollback.ts';
import { barometreSheet } from './barometre.sheet.ts';

/**
 * Results that the State's barometer publishes for territories, all services together. A value dated the last
 * day of a year is that year's.
 */
export const barometre = defineFeed({
  name: 'barometre',
  subgraph: 'indicators',
  description:
    "Baromètre des résultats de l'action publique: transparency and satisfaction (three CSV files)",
  source: "Baromètre des résultats de l'action publique (Etalab)",
  licence: 'Licence Ouverte 2.0',
  input: barometreSheet,
  scope: () => 'all',
  async check(trx) {
    await findCandidates(
      trx,
      sql`
        select record, line, 'ALL' as network_key, 'TERRITORY' as subject_kind,
               coalesce(level, 'REG-' || region, 'DEP-' || departement) as subject_key, indicator as indicator_key,
               null :: text as indicator_title, to_char(day, 'YYYY') as period_label, value,
               null :: numeric as numerator, null :: numeric as denominator, null :: integer as respondents,
               null :: integer as very_favourable, null :: integer as favourable,
               null :: integer as unfavourable, null :: integer as very_unfavourable, day as updated_on
          from import_row`,
    );
    await checkCandidates(trx, {
      network: null,
      structure: '',
      site: '',
      territory: 'code_departement',
      indicator: 'id_indicateur',
      value: 'valeur',
      period: 'date',
    });
  },
  merge: publishCandidates,
  rollback: rollbackResults,
});
