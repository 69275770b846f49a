import { type QueryExecutorProvider, sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { defineFeed, type FeedOptions } from '../../../kernel/import/feed.ts';
import { restoreEntities } from '../../../kernel/import/restore.ts';
import { findCandidates } from '../publication/candidates.ts';
import { checkCandidates, type ResultColumns } from '../publication/checks.ts';
import { publishCandidates } from '../publication/publish.ts';
import { rollbackResults } from '../publication/rollback.ts';
import { checkFileNetwork, networkOfRow, networkOption, reportWithoutNetwork } from './file-network.ts';
import { checkOneSource, keepSource } from './file-source.ts';
import { networkResultsSheet } from './network-results.sheet.ts';
import { keepStatistics, STATISTIC, setStatisticsAside } from './published-statistics.ts';
import { periodOption } from './result-columns.ts';

/** Names of the columns of this sheet, for the checks that results of every feed share. */
export const RESULT_COLUMNS: ResultColumns = {
  network: 'reseau',
  structure: 'code_sp_structure',
  site: 'site',
  territory: 'territoire',
  indicator: 'indicateur',
  value: 'valeur',
  period: 'periode',
};

/** Query of the staged rows of this sheet, for `findCandidates`. */
export const stagedResults = (options: FeedOptions) => sql`
  select record, line, ${networkOfRow(options)} as network_key,
         case when structure is not null then 'STRUCTURE' when site is not null then 'SITE'
              when procedure is not null then 'PROCEDURE' else 'TERRITORY' end as subject_kind,
         coalesce(structure, site, procedure, upper(territory)) as subject_key, indicator as indicator_key,
         null :: text as indicator_title, coalesce(period, ${options['period'] ?? null}) as period_label,
         value, numerator, denominator, respondents, very_favourable, favourable, unfavourable,
         very_unfavourable, updated_on
    from import_row`;

/** Results as a headquarters sends them, with what is behind each value. */
export const networkResults = defineFeed({
  name: 'network-results',
  subgraph: 'indicators',
  description: 'Results with numerators, respondents and answers: template for headquarters (CSV)',
  input: networkResultsSheet,
  options: { ...periodOption, ...networkOption },
  scope: () => 'all',
  entities: [STATISTIC],
  async check(trx, { options }) {
    await reportUndated(trx, options['period']);
    await reportWithoutNetwork(trx, options['network']);
    await findCandidates(trx, stagedResults(options));
    await checkFileNetwork(trx, options, 'reseau');
    await setStatisticsAside(trx);
    await checkCandidates(trx, RESULT_COLUMNS);
    await checkOneSource(trx);
  },
  async merge(trx, context) {
    await keepSource(trx, context.importId);
    const statistics = await keepStatistics(trx, context.importId);
    const report = await publishCandidates(trx, context);
    return statistics === 0 ? report : { ...report, details: { statistics } };
  },
  async rollback(trx, context) {
    await restoreEntities(trx, context.importId, [STATISTIC]);
    await rollbackResults(trx, context);
  },
});

/** A row needs a period, or the day of its update, from which one is derived. */
export async function reportUndated(trx: QueryExecutorProvider, period: string | undefined): Promise<void> {
  if (period !== undefined) return;
  await reportRows(trx, {
    code: 'REQUIRED',
    severity: 'REJECTED',
    column: 'periode',
    message: 'expected a period, in the file or as an option, or the day of update',
    where: sql`s.period is null and s.updated_on is null`,
  });
}
