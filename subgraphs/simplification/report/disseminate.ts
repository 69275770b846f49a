import { type QueryExecutorProvider, sql } from 'kysely';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { dayOfStep, mistake, type Optional } from './mistakes.ts';
import { commandOnReport, type ReportInput } from './step.ts';

export interface DisseminateInput extends ReportInput {
  on?: Optional<string>;
}

/**
 * Puts the last version of the text in use: only once users tried this very version.
 *
 * @throws HubError as `commandOnReport`
 */
export const disseminateRewrite = (writing: Writing<SimplificationDatabase>, input: DisseminateInput) =>
  commandOnReport(
    writing,
    { name: 'disseminateRewrite', action: 'REWRITE_DISSEMINATED', verb: 'disseminate' },
    input,
    async (trx, report) => {
      const { day, mistakes } = dayOfStep(report, input.on);
      const { number, testers, understood } = await lastTested(trx, report.network_id, report.id);
      refuse([...mistakes, ...(testers > 0 ? [] : [UNTESTED])]);
      return { columns: { disseminated_on: day }, told: { on: day, rewrite: number, testers, understood } };
    },
  );

/** The last version of the text of a report, and how many users tried it, in all tests. */
async function lastTested(
  db: QueryExecutorProvider,
  network: string,
  id: string,
): Promise<{ number: number | null; testers: number; understood: number }> {
  const { rows } = await sql<{ number: number; testers: number; understood: number }>`
    select w.number, coalesce(sum(t.testers), 0)::int as testers, coalesce(sum(t.understood), 0)::int as understood
      from simplification.rewrite w
      left join simplification.user_test t
        on t.network_id = w.network_id and t.report_id = w.report_id and t.rewrite = w.number
     where w.network_id = ${network} and w.report_id = ${id}
     group by w.number order by w.number desc limit 1`.execute(db);
  return rows[0] ?? { number: null, testers: 0, understood: 0 };
}

/** Nothing is disseminated untested (kit of the programme). */
const UNTESTED = mistake(
  'NOT_TESTED',
  'The last version of this text was not tested with users: record a test of it first.',
);
