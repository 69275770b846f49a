import { workflow } from '../../../kernel/write/workflow.ts';

/** How far an action plan is, from national ones to those of a site. */
export const planWorkflow = workflow({
  name: 'action plan',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Somebody wants it.',
    PRIORITISED: 'Chosen as a priority.',
    IN_PROGRESS: 'Under way.',
    DONE: 'Done, on a day; none of its actions is open.',
    ABANDONED: 'Given up, for a reason.',
  },
  steps: {
    prioritise: {
      from: ['PROPOSED'],
      to: 'PRIORITISED',
      by: 'headquarters, or the referent of the structure',
      means: 'Chooses it as a priority.',
    },
    start: {
      from: ['PRIORITISED'],
      to: 'IN_PROGRESS',
      by: 'headquarters, or the referent of the structure',
      means: 'Begins it.',
    },
    finish: {
      from: ['IN_PROGRESS'],
      to: 'DONE',
      by: 'headquarters, or the referent of the structure',
      means: 'Says that it is done, and since when; its actions are all done or given up.',
    },
    abandon: {
      from: ['PROPOSED', 'PRIORITISED', 'IN_PROGRESS'],
      to: 'ABANDONED',
      by: 'headquarters, or the referent of the structure',
      means: 'Gives it up, with a reason.',
    },
  },
});
