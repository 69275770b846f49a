import type { NationalKind } from '../governance/national.write.ts';
import type { MajorRow } from '../governance/tables.ts';

const STORED: readonly (keyof MajorRow & string)[] = [
  'id',
  'network_id',
  'title',
  'description',
  'commitment_ids',
  'state',
  'started_on',
  'ended_on',
  'milestones',
  'reason',
  'version',
];

/** Major actions that are followed nationally. */
export const MAJORS: NationalKind<MajorRow> = {
  table: 'major_action',
  columns: [...STORED, 'reached', 'milestone_count', 'progress'],
  stored: STORED,
  day: 'started_on',
  prefix: 'MAJOR',
  noun: 'major action',
  audited: ['network_id', 'state', 'started_on', 'ended_on', 'commitment_ids'],
};
