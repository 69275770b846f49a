import type { NationalKind } from './national.write.ts';
import type { DecisionRow, SessionRow } from './tables.ts';

const SESSION: readonly (keyof SessionRow & string)[] = [
  'id',
  'body',
  'period',
  'held_on',
  'summary',
  'version',
];

/** Sessions of the steering committee and of its two commissions. */
export const SESSIONS: NationalKind<SessionRow> = {
  table: 'governance_session',
  columns: SESSION,
  stored: SESSION,
  day: 'held_on',
  prefix: 'MEETING',
  noun: 'session',
  audited: ['body', 'period', 'held_on'],
};

const DECISION: readonly (keyof DecisionRow & string)[] = [
  'id',
  'session_id',
  'words',
  'commitment_ids',
  'due_on',
  'state',
  'ended_on',
  'reason',
  'major_action_id',
  'version',
];

/** What they decided. */
export const DECISIONS: NationalKind<DecisionRow> = {
  table: 'decision',
  columns: [...DECISION, 'taken_on'],
  stored: DECISION,
  day: 'taken_on',
  prefix: 'DECISION',
  noun: 'decision',
  audited: ['session_id', 'commitment_ids', 'due_on', 'state', 'ended_on', 'major_action_id'],
};
