import { sql } from 'kysely';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { type Mistakes, today } from '../fact/mistakes.ts';
import { stepOf } from '../fact/step.ts';
import { changeFact, type Trx } from '../fact/write.ts';
import type { ApplicationRow } from '../governance/tables.ts';
import type { ImprovementDatabase, LabelLevel } from '../tables.ts';
import { APPLICATIONS } from './label.kind.ts';
import { labelWorkflow } from './label.workflow.ts';

export interface AwardInput extends Versioned {
  id: string;
  level: LabelLevel;
  grantedOn: string;
}

/**
 * Awards a label for three whole years (public rules of 2023), and shows it to everybody. Since the application, the
 * last external audit must be conform, and a survey of users and one of agents must have been made.
 */
export const awardLabel = (writing: Writing<ImprovementDatabase>, input: AwardInput) =>
  changeFact<ApplicationRow, AwardInput>(
    writing,
    { kind: APPLICATIONS, name: 'awardLabel', scope: 'labels:award' },
    input,
    stepOf<ApplicationRow, keyof typeof labelWorkflow.steps>(
      APPLICATIONS.noun,
      {
        flow: labelWorkflow,
        verb: 'award',
        async content(trx, row, mistakes) {
          const { level, grantedOn } = input;
          mistakes.pastDay(grantedOn, today(), 'grantedOn');
          await demandEvidence(trx, row, grantedOn, mistakes);
          return {
            level,
            granted_on: grantedOn,
            expires_on: sql`improvement.label_ends(${grantedOn}::date)`,
            published: true,
          };
        },
      },
      {},
    ),
  );

/** What the label is awarded on; the label is under lock, and nothing is recorded without it. */
async function demandEvidence(
  trx: Trx,
  { network_id, id, applied_on }: ApplicationRow,
  grantedOn: string,
  mistakes: Mistakes,
): Promise<void> {
  const ofIt = sql`f.network_id = ${network_id} and f.label_id = ${id}`;
  const { rows } = await sql<{
    conform: boolean | null;
    users: boolean;
    agents: boolean;
    last: string | null;
  }>`
    with audit as (select * from improvement.label_audit f where ${ofIt} and f.audited_on >= ${applied_on}::date),
         survey as (select * from improvement.label_survey f where ${ofIt} and f.surveyed_on >= ${applied_on}::date)
    select (select conform from audit order by audited_on desc, recorded_at desc, id desc limit 1) as conform,
           exists (select from survey where kind = 'USERS') as users,
           exists (select from survey where kind = 'AGENTS') as agents,
           (select max(audited_on) from audit) as last`.execute(trx);
  const found = rows[0];
  if (found?.conform == null)
    mistakes.add('AUDIT_MISSING', 'Expected an external audit since the application.', 'id');
  if (found?.conform === false)
    mistakes.add('AUDIT_NOT_CONFORM', 'Expected the last external audit to be conform.', 'id');
  if (!found?.users)
    mistakes.add('USER_SURVEY_MISSING', 'Expected a survey of users since the application.', 'id');
  if (!found?.agents)
    mistakes.add('AGENT_SURVEY_MISSING', 'Expected a survey of agents since the application.', 'id');
  mistakes.order(found?.last ?? applied_on, grantedOn, 'grantedOn');
}
