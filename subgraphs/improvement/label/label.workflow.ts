import { workflow } from '../../../kernel/write/workflow.ts';

/**
 * From the application to the quality label (public rules of 2023): an external audit, a survey of users and one of
 * agents come between. A label of a file of headquarters begins as awarded.
 */
export const labelWorkflow = workflow({
  name: 'label',
  initial: 'APPLIED',
  states: {
    APPLIED: 'A service asked for it; not public.',
    UNDER_REVIEW: 'Its audit and its surveys are under way; not public.',
    AWARDED: 'Given, for three years; public.',
    REFUSED: 'Not given; not public.',
    WITHDRAWN: 'Taken back before its three years were over; public, as it was.',
  },
  steps: {
    startReview: { from: ['APPLIED'], to: 'UNDER_REVIEW', by: 'DITP', means: 'Opens the review.' },
    recordAudit: {
      from: ['UNDER_REVIEW'],
      to: 'UNDER_REVIEW',
      by: 'DITP',
      means: 'Records what an external audit found.',
    },
    recordSurvey: {
      from: ['UNDER_REVIEW'],
      to: 'UNDER_REVIEW',
      by: 'the service, its network',
      means: 'Records what a survey of users or of agents found.',
    },
    award: {
      from: ['UNDER_REVIEW'],
      to: 'AWARDED',
      by: 'DITP',
      means: 'Gives the label: the last audit is conform, and both surveys were made.',
    },
    refuse: {
      from: ['APPLIED', 'UNDER_REVIEW'],
      to: 'REFUSED',
      by: 'DITP',
      means: 'Does not give it, and says why.',
    },
    withdraw: { from: ['AWARDED'], to: 'WITHDRAWN', by: 'DITP', means: 'Takes it back, and says why.' },
  },
});
