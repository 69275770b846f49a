import { sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import { latestDefinition } from '../publication/in-force.ts';
import { labelOfPeriod, periodOfDate } from '../publication/period-sql.ts';
import type { IndicatorsTables } from '../tables.ts';

/** Answers to a question that wait, of one period. */
export interface Waiting {
  question_id: string;
  period: string;
  waiting: number;
  first_day: string;
  last_day: string;
}

/** Answers of a network that wait, as the viewer may know of them; none of a network that is unknown or another. */
export async function waitingOf(agent: Agent<IndicatorsTables>, network: string): Promise<Waiting[]> {
  const period = periodOfDate(sql`w.answered_on`, sql`f.frequency`);
  const { rows } = await agent((trx) =>
    sql<Waiting>`
      select w.question_id, ${labelOfPeriod(period.grain, period.start)} as period,
             sum(w.answers)::integer as waiting, min(w.answered_on) as first_day, max(w.answered_on) as last_day
        from indicators.survey_waiting w
        cross join lateral (${latestDefinition(sql`w.question_id`)}) f
       where w.network_id = ${network} group by 1, 2 order by 1, 2`.execute(trx),
  );
  return rows;
}
