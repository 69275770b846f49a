import { workflow } from '../../../kernel/write/workflow.ts';

/** How a structure concerned by a testimony comes to its public reply; one per structure. */
export const replyWorkflow = workflow({
  name: 'reply',
  initial: 'TO_PROCESS',
  states: {
    TO_PROCESS: 'Nobody has begun.',
    DRAFT: 'Being written; not public.',
    TO_VALIDATE: 'Waits for a super agent of the network.',
    PUBLISHED: 'Public.',
    TRANSFERRED: 'Handed on to a structure below, which owes the reply now.',
  },
  steps: {
    draft: {
      from: ['TO_PROCESS', 'DRAFT'],
      to: 'DRAFT',
      by: 'agent of the structure',
      means: 'Writes the reply, or writes it anew.',
    },
    submit: {
      from: ['DRAFT'],
      to: 'TO_VALIDATE',
      by: 'agent of the structure',
      means: 'Asks for its validation.',
    },
    sendBack: {
      from: ['TO_VALIDATE'],
      to: 'DRAFT',
      by: 'super agent',
      means: 'Asks for changes, and says which.',
    },
    publish: {
      from: ['TO_VALIDATE'],
      to: 'PUBLISHED',
      by: 'super agent',
      means: 'Validates it: it is public.',
    },
    correct: {
      from: ['PUBLISHED'],
      to: 'PUBLISHED',
      by: 'super agent',
      means: 'Replaces the text of a public reply; the day of the first reply stays.',
    },
    transfer: {
      from: ['TO_PROCESS', 'DRAFT'],
      to: 'TRANSFERRED',
      by: 'agent of the structure',
      means: 'Hands it on to a structure below its own.',
    },
  },
});
