import { workflow } from '../../../kernel/write/workflow.ts';

/** A session in which volunteers try documents before they are disseminated. */
export const sessionWorkflow = workflow({
  name: 'test session',
  initial: 'PLANNED',
  states: {
    PLANNED: 'In preparation.',
    OPEN: 'Testers are invited.',
    HELD: 'It took place, its results are known; not public.',
    PUBLISHED: 'Its results are public.',
    CANCELLED: 'It did not take place.',
  },
  steps: {
    open: { from: ['PLANNED'], to: 'OPEN', by: 'headquarters', means: 'Begins to invite testers.' },
    hold: { from: ['OPEN'], to: 'HELD', by: 'headquarters', means: 'It took place: says what came of it.' },
    publish: { from: ['HELD'], to: 'PUBLISHED', by: 'headquarters', means: 'Makes its results public.' },
    cancel: {
      from: ['PLANNED', 'OPEN'],
      to: 'CANCELLED',
      by: 'headquarters',
      means: 'It does not take place: says why.',
    },
  },
});
