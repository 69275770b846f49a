import { workflow } from '../../../kernel/write/workflow.ts';

/** What becomes of a decision of the steering committee or of one of its two commissions. */
export const decisionWorkflow = workflow({
  name: 'decision',
  initial: 'TAKEN',
  states: {
    TAKEN: 'Taken in a session, to be carried out.',
    CARRIED_OUT: 'Carried out.',
    ABANDONED: 'Given up, and said why.',
  },
  steps: {
    carryOut: { from: ['TAKEN'], to: 'CARRIED_OUT', by: 'DITP', means: 'Tells that it was carried out.' },
    abandon: { from: ['TAKEN'], to: 'ABANDONED', by: 'DITP', means: 'Gives it up, and says why.' },
  },
});
