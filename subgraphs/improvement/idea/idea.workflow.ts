import { workflow } from '../../../kernel/write/workflow.ts';

/** What becomes of a suggestion of agents. It is public only when it was adopted and its service publishes it. */
export const ideaWorkflow = workflow({
  name: 'idea',
  initial: 'PROPOSED',
  states: {
    PROPOSED: 'Collected; nobody has decided.',
    ADOPTED: 'The service will do it.',
    DONE: 'Done.',
    SET_ASIDE: 'The service will not do it, and says why.',
  },
  steps: {
    adopt: { from: ['PROPOSED'], to: 'ADOPTED', by: 'the service', means: 'Decides to do it.' },
    setAside: {
      from: ['PROPOSED', 'ADOPTED'],
      to: 'SET_ASIDE',
      by: 'the service',
      means: 'Decides not to do it, and says why.',
    },
    finish: { from: ['ADOPTED'], to: 'DONE', by: 'the service', means: 'Tells that it is done.' },
  },
});
