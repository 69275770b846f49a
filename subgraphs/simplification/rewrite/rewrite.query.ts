import { type QueryExecutorProvider, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { ExpertRole, Scores } from './tables.ts';

/** A test of a version with users, as those who work on the report see it. */
export interface UserTestRow {
  id: string;
  tested_on: string;
  testers: number;
  understood: number;
  completed: number;
  remarks: string | null;
  session_id: string | null;
}

/** A version of the new text of a report, with its tests, latest first. */
export interface RewriteRow extends Scores {
  report_id: string;
  id: string;
  number: number;
  before: string;
  after: string;
  written_on: string;
  experts: ExpertRole[];
  assessment: string | null;
  title: string | null;
  published_on: string | null;
  tests: UserTestRow[];
}

/** Number of the last version of the text of a report, 0 for none. */
export async function lastNumber(
  db: QueryExecutorProvider,
  network: string,
  report: string,
): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select coalesce(max(w.number), 0)::int as number from simplification.rewrite w
     where w.network_id = ${network} and w.report_id = ${report}`.execute(db);
  return rows[0]?.number ?? 0;
}

/** The versions of the texts of the reports that the viewer may see, last first. */
export async function rewritesOf(
  agent: Agent<SimplificationDatabase>,
  reports: readonly string[],
): Promise<RewriteRow[]> {
  const { rows } = await agent((trx) =>
    sql<RewriteRow>`
      select w.report_id, w.id, w.number, w.before, w.after, w.written_on, w.experts, w.assessment, w.title,
             w.published_on, w.sentences_before, w.sentences_after, w.vocabulary_before, w.vocabulary_after,
             w.order_before, w.order_after, w.layout_before, w.layout_after,
             coalesce((
               select jsonb_agg(jsonb_build_object('id', t.id, 'tested_on', t.tested_on, 'testers', t.testers,
                        'understood', t.understood, 'completed', t.completed, 'remarks', t.remarks,
                        'session_id', t.session_id) order by t.tested_on desc, t.id)
                 from simplification.user_test t
                where t.network_id = w.network_id and t.report_id = w.report_id and t.rewrite = w.number),
               '[]') as tests
        from simplification.rewrite w where w.report_id = any(${[...reports]}::text[])
       order by w.report_id, w.number desc`.execute(trx),
  );
  return rows;
}
