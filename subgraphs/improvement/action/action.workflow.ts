import { workflow } from '../../../kernel/write/workflow.ts';

/** How far one action of a plan is. */
export const actionWorkflow = workflow({
  name: 'action',
  initial: 'TO_DO',
  states: {
    TO_DO: 'Not begun.',
    IN_PROGRESS: 'Under way, so many per cent of it.',
    DONE: 'Done, on a day.',
    ABANDONED: 'Given up, for a reason.',
  },
  steps: {
    start: {
      from: ['TO_DO'],
      to: 'IN_PROGRESS',
      by: 'headquarters, or the referent of the structure',
      means: 'Begins it.',
    },
    report: {
      from: ['IN_PROGRESS'],
      to: 'IN_PROGRESS',
      by: 'headquarters, or the referent of the structure',
      means: 'Says how many per cent of it are done.',
    },
    finish: {
      from: ['IN_PROGRESS'],
      to: 'DONE',
      by: 'headquarters, or the referent of the structure',
      means: 'Says that it is done, and since when.',
    },
    abandon: {
      from: ['TO_DO', 'IN_PROGRESS'],
      to: 'ABANDONED',
      by: 'headquarters, or the referent of the structure',
      means: 'Gives it up, with a reason.',
    },
  },
});
