import { sql } from 'kysely';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { PLANS } from '../fact/sources.ts';
import { changeFact, type Trx } from '../fact/write.ts';
import type { ImprovementDatabase, PlanRow } from '../tables.ts';
import { planWorkflow } from './plan.workflow.ts';

export interface AdvancePlanInput extends Versioned {
  id: string;
  step: keyof typeof planWorkflow.steps;
  /** With `finish`. */
  doneOn?: string | null | undefined;
  /** With `abandon`. */
  reason?: string | null | undefined;
}

/** Takes an action plan one step further. */
export const advancePlan = (writing: Writing<ImprovementDatabase>, input: AdvancePlanInput) =>
  changeFact<PlanRow, AdvancePlanInput>(
    writing,
    { kind: PLANS, name: 'advanceActionPlan' },
    input,
    async (trx, row) => {
      const { step } = input;
      const status = stateAfter(planWorkflow, step, row.status);
      const mistakes = new Mistakes();
      const doneOn = mistakes.pastDay(input.doneOn, today(), 'doneOn');
      const reason = mistakes.text(input.reason, 1000, 'reason');
      if (step === 'finish') {
        if (doneOn === null) mistakes.add('REQUIRED', 'Expected the day on which it was done.', 'doneOn');
        mistakes.order(row.starts_on, doneOn, 'doneOn');
        const open = await openActions(trx, row.id);
        if (open > 0)
          mistakes.add(
            'OPEN_ACTIONS',
            `Expected its actions to be done or given up; ${open} are open.`,
            'step',
          );
      }
      if (step === 'abandon' && reason === null)
        mistakes.add('REQUIRED', 'Expected why it is given up.', 'reason');
      mistakes.refuse();
      return {
        content: {
          status,
          done_on: step === 'finish' ? doneOn : null,
          abandoned_because: step === 'abandon' ? reason : null,
        },
        action: `ACTION_PLAN_${status}`,
        reason,
      };
    },
  );

/** Actions of a plan that are neither done nor given up. New ones wait for the plan, which is locked. */
async function openActions(trx: Trx, plan: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from improvement.action
     where plan_id = ${plan} and status in ('TO_DO', 'IN_PROGRESS')`.execute(trx);
  return rows[0]?.open ?? 0;
}
