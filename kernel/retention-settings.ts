import { z } from 'zod';

const days = (standard: number, meaning: string) =>
  z.coerce.number().int().min(1).max(3650).default(standard).describe(meaning);

/** Settings of how long personal things are kept; `hub privacy purge` forgets what is older. */
export const RETENTION_SHAPE = {
  HUB_KEEP_CONTACTS_DAYS: days(365, 'How long the contact of an author may be kept, in days.'),
  HUB_KEEP_REJECTED_DAYS: days(365, 'How long a rejected testimony is kept, in days from its rejection.'),
  HUB_KEEP_VOTES_DAYS: days(
    365,
    'How long the mark of a similar experience is kept, in days; then the person could say it again.',
  ),
  HUB_KEEP_ANSWERS_DAYS: days(
    365,
    'How long single answers to surveys are kept, in days from the end of their period; what they were counted into stays.',
  ),
};

/** How long personal things are kept, in days. */
export interface Retention {
  contacts: number;
  rejected: number;
  votes: number;
  answers: number;
}

/** The settings as the hub uses them. */
export const retentionSettings = (values: Record<keyof typeof RETENTION_SHAPE, number>): Retention => ({
  contacts: values.HUB_KEEP_CONTACTS_DAYS,
  rejected: values.HUB_KEEP_REJECTED_DAYS,
  votes: values.HUB_KEEP_VOTES_DAYS,
  answers: values.HUB_KEEP_ANSWERS_DAYS,
});
