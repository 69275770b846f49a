import type { FactKind } from '../fact/sources.ts';
import type { ConferenceRow } from '../governance/tables.ts';

/** Conferences as everybody reads them; `reason` is for those who work on them. */
export const CONFERENCES: FactKind<ConferenceRow> = {
  table: 'conference',
  columns: [
    'title',
    'planned_on',
    'held_on',
    'state',
    'users',
    'agents',
    'local_partners',
    'elected_officials',
    'review_shared',
    'summary',
    'priorities',
  ],
  day: 'held_on',
  read: 'published',
  prefix: 'CONF',
  noun: 'conference',
  audited: [
    'state',
    'planned_on',
    'held_on',
    'users',
    'agents',
    'local_partners',
    'elected_officials',
    'review_shared',
  ],
};
