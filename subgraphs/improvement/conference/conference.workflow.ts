import { workflow } from '../../../kernel/write/workflow.ts';

/** A conference with users, agents, local partners and elected officials, from its date to its public report. */
export const conferenceWorkflow = workflow({
  name: 'conference',
  initial: 'PLANNED',
  states: {
    PLANNED: 'Its day is set; not public.',
    HELD: 'It took place, who was there and what was decided is told; not public.',
    PUBLISHED: 'Its report is public.',
    CANCELLED: 'It did not take place.',
  },
  steps: {
    reschedule: { from: ['PLANNED'], to: 'PLANNED', by: 'the service', means: 'Sets another day or title.' },
    hold: {
      from: ['PLANNED', 'HELD'],
      to: 'HELD',
      by: 'the service',
      means: 'Tells who was there and the priorities that were set, or tells it anew.',
    },
    publish: { from: ['HELD'], to: 'PUBLISHED', by: 'the service', means: 'Makes the report public.' },
    takeBack: {
      from: ['PUBLISHED'],
      to: 'HELD',
      by: 'the service',
      means: 'Takes the report out of the public, to correct it.',
    },
    cancel: { from: ['PLANNED'], to: 'CANCELLED', by: 'the service', means: 'Gives it up, and says why.' },
  },
});
