import { workflow } from '../../../kernel/write/workflow.ts';

/** How what a service writes comes before readers: the same for every simple kind of fact of improvement. */
export const publicationWorkflow = workflow({
  name: 'publication',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being written; seen by those who work on it.',
    PUBLISHED: 'Public.',
    WITHDRAWN: 'Was public and is not any more.',
  },
  steps: {
    publish: {
      from: ['DRAFT', 'WITHDRAWN'],
      to: 'PUBLISHED',
      by: 'headquarters, or the referent of the structure',
      means: 'Shows it to everybody.',
    },
    withdraw: {
      from: ['PUBLISHED'],
      to: 'WITHDRAWN',
      by: 'headquarters, or the referent of the structure',
      means: 'Takes it back, with a reason; it stays readable for those who work on it.',
    },
  },
});
