import { day, reference, words } from '../register/field.ts';
import { type EntryRow, register } from '../register/kind.ts';

const FIELDS = {
  practice_id: reference({
    graph: 'practice',
    header: 'bonne_pratique',
    required: true,
    prefix: 'PRACTICE',
    description: 'Id of the practice that is reused.',
  }),
  reused_on: day({
    graph: 'on',
    header: 'repris_le',
    required: true,
    past: true,
    description: 'Day since which it is done here too.',
  }),
  words: words({
    graph: 'words',
    header: 'commentaire',
    max: 2000,
    description: 'What was changed, and what came of it.',
  }),
} as const;

export type PracticeReuseRow = EntryRow<typeof FIELDS>;

/** Another network, structure or site that does the same as a good practice. */
export const PRACTICE_REUSES = register(FIELDS, {
  type: 'PracticeReuse',
  names: { one: 'practiceReuse', many: 'practiceReuses' },
  noun: 'reuse',
  description: 'Another network, structure or site that took up a good practice.',
  prefix: 'REUSE',
  table: 'practice_reuse',
  feed: { name: 'practice-reuses', description: 'Who took up which good practice: template (CSV)' },
  day: 'reused_on',
  territories: false,
});
