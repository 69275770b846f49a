import { workflow } from '../../../kernel/write/workflow.ts';

/** How a document comes into the public register of its administration. */
export const documentWorkflow = workflow({
  name: 'document',
  initial: 'DRAFT',
  states: {
    DRAFT: 'In the register of the network; not public.',
    PUBLISHED: 'In the public register.',
    WITHDRAWN: 'Out of the public register.',
  },
  steps: {
    publish: {
      from: ['DRAFT', 'WITHDRAWN'],
      to: 'PUBLISHED',
      by: 'headquarters',
      means: 'Shows it in the public register.',
    },
    withdraw: {
      from: ['PUBLISHED'],
      to: 'WITHDRAWN',
      by: 'headquarters',
      means: 'Takes it out of the public register; reports on it stay.',
    },
  },
});
