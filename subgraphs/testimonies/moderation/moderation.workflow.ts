import { workflow } from '../../../kernel/write/workflow.ts';

/** How a testimony becomes public: moderation comes before publication. */
export const moderationWorkflow = workflow({
  name: 'testimony',
  initial: 'SUBMITTED',
  states: {
    SUBMITTED: 'Waits for the moderation; not public.',
    PUBLISHED: 'Public.',
    REJECTED: 'Refused or taken back, with a reason; not public.',
  },
  steps: {
    mask: {
      from: ['SUBMITTED'],
      to: 'SUBMITTED',
      by: 'moderator',
      means: 'Takes passages away, such as a name; adds no word.',
    },
    publish: { from: ['SUBMITTED'], to: 'PUBLISHED', by: 'moderator', means: 'Makes it public.' },
    reject: {
      from: ['SUBMITTED'],
      to: 'REJECTED',
      by: 'moderator',
      means: 'Refuses it, with a reason of the charter.',
    },
    withdraw: {
      from: ['PUBLISHED'],
      to: 'REJECTED',
      by: 'moderator',
      means: 'Takes it back, with a reason: it is in no public view any more.',
    },
    reconsider: {
      from: ['REJECTED'],
      to: 'SUBMITTED',
      by: 'moderator',
      means: 'Puts it before the moderation again.',
    },
  },
});
