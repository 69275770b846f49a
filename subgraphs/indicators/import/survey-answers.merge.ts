import { sql } from 'kysely';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keepAnswers } from '../survey/answers.ts';
import { openCells } from '../survey/cells.ts';
import { checkAnswers } from '../survey/check.ts';
import { publishCounts } from '../survey/count.ts';
import { SURVEY_FILE } from '../survey/feeds.ts';
import { forgetFile } from '../survey/rollback.ts';
import { checkFileNetwork, networkOfRow, networkOption, reportWithoutNetwork } from './file-network.ts';
import { surveyAnswersSheet } from './survey-answers.sheet.ts';

/**
 * Single answers to surveys. They are added to those that came before, whatever file or request brought them, and the
 * distributions that they make are published.
 */
export const surveyAnswers = defineFeed({
  name: SURVEY_FILE,
  subgraph: 'indicators',
  description: 'Answers to surveys, one per row, counted into results: template for headquarters (CSV)',
  input: surveyAnswersSheet,
  options: networkOption,
  scope: () => 'all',
  async check(trx, { options }) {
    await reportWithoutNetwork(trx, options['network']);
    await checkAnswers(trx, networkOfRow(options));
    await checkFileNetwork(trx, options, 'reseau', 'answered');
  },
  async merge(trx, context) {
    await sql`delete from answered a where not exists (select from import_row s where s.record = a.record)`.execute(
      trx,
    );
    await openCells(trx, sql`select * from answered`);
    const inserted = await keepAnswers(trx, context.importId);
    const results = await publishCounts(trx, context);
    const known = await sql<{ rows: string }>`
      select count(*) as rows from import_problem where code = 'KNOWN_ANSWER'`.execute(trx);
    return {
      inserted,
      updated: 0,
      unchanged: Number(known.rows[0]?.rows ?? 0),
      closed: 0,
      details: { results: results.inserted + results.updated },
    };
  },
  rollback: forgetFile,
});
