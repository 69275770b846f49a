import { workflow } from '../../../kernel/write/workflow.ts';

/** A major action that is followed nationally; its milestones say how far it is. */
export const majorWorkflow = workflow({
  name: 'major action',
  initial: 'PLANNED',
  states: {
    PLANNED: 'Decided, not begun.',
    UNDER_WAY: 'Begun.',
    DONE: 'Every milestone is reached.',
    STOPPED: 'Given up, and said why.',
  },
  steps: {
    start: { from: ['PLANNED'], to: 'UNDER_WAY', by: 'DITP', means: 'Begins it.' },
    reachMilestone: {
      from: ['UNDER_WAY'],
      to: 'UNDER_WAY',
      by: 'DITP',
      means: 'Tells on which day a milestone was reached.',
    },
    finish: { from: ['UNDER_WAY'], to: 'DONE', by: 'DITP', means: 'Ends it: no milestone is left.' },
    stop: { from: ['PLANNED', 'UNDER_WAY'], to: 'STOPPED', by: 'DITP', means: 'Gives it up, and says why.' },
  },
});
