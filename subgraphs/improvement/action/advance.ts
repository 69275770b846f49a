import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import { ACTIONS } from '../fact/sources.ts';
import { changeFact } from '../fact/write.ts';
import type { ActionRow, ImprovementDatabase } from '../tables.ts';
import { actionWorkflow } from './action.workflow.ts';

export interface AdvanceActionInput extends Versioned {
  id: string;
  step: keyof typeof actionWorkflow.steps;
  /** With `start` and `report`: per cent. */
  progress?: number | null | undefined;
  /** With `finish`. */
  doneOn?: string | null | undefined;
  /** With `abandon`. */
  reason?: string | null | undefined;
}

/** Takes an action one step further. What is done counts 100 %, what is given up keeps its progress. */
export const advanceAction = (writing: Writing<ImprovementDatabase>, input: AdvanceActionInput) =>
  changeFact<ActionRow, AdvanceActionInput>(
    writing,
    { kind: ACTIONS, name: 'advanceAction' },
    input,
    async (_trx, row) => {
      const { step } = input;
      const status = stateAfter(actionWorkflow, step, row.status);
      const mistakes = new Mistakes();
      const doneOn = mistakes.pastDay(input.doneOn, today(), 'doneOn');
      const reason = mistakes.text(input.reason, 1000, 'reason');
      const progress = input.progress ?? row.progress;
      if (progress < 0 || progress > 100)
        mistakes.add('OUT_OF_RANGE', 'Expected per cent, 0 to 100.', 'progress');
      if (step === 'finish' && doneOn === null)
        mistakes.add('REQUIRED', 'Expected the day on which it was done.', 'doneOn');
      if (step === 'report' && (input.progress ?? null) === null)
        mistakes.add('REQUIRED', 'Expected how many per cent are done.', 'progress');
      if (step === 'abandon' && reason === null)
        mistakes.add('REQUIRED', 'Expected why it is given up.', 'reason');
      mistakes.refuse();
      return {
        content: {
          status,
          progress: step === 'finish' ? 100 : progress,
          done_on: step === 'finish' ? doneOn : null,
          abandoned_because: step === 'abandon' ? reason : null,
        },
        action: `ACTION_${step === 'report' ? 'REPORTED' : status}`,
        reason,
      };
    },
  );
