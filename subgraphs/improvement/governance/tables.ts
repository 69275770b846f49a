import type { LabelLevel, SubjectColumns } from '../tables.ts';

/** Rows of labels, conferences, ideas and governance, as `tables.ts` of the subgraph has them. */
export interface GovernanceDatabase {
  'improvement.working_label': ApplicationRow;
  'improvement.published_label_audit': LabelAuditRow;
  'improvement.published_label_survey': LabelSurveyRow;
  'improvement.published_conference': ConferenceRow;
  'improvement.published_idea': IdeaRow;
  'improvement.published_major_action': MajorRow;
  'improvement.published_governance_session': SessionRow;
  'improvement.published_decision': DecisionRow;
}

export type LabelState = 'APPLIED' | 'UNDER_REVIEW' | 'AWARDED' | 'REFUSED' | 'WITHDRAWN';

/** A label on its way, or any other that an agent sees: what is not awarded has no level and no days. */
export interface ApplicationRow extends SubjectColumns {
  state: LabelState;
  wanted_level: LabelLevel | null;
  applied_on: string | null;
  reason: string | null;
  level: LabelLevel | null;
  granted_on: string | null;
  expires_on: string | null;
  withdrawn_on: string | null;
}

export interface LabelAuditRow {
  id: string;
  label_id: string;
  organisation: string;
  audited_on: string;
  /** Decimal, 0 to 100. */
  score: string;
  conform: boolean;
  summary: string | null;
}

export type SurveyKind = 'USERS' | 'AGENTS';

export interface LabelSurveyRow {
  id: string;
  label_id: string;
  kind: SurveyKind;
  surveyed_on: string;
  respondents: number;
  satisfied: number;
}

export type ConferenceState = 'PLANNED' | 'HELD' | 'PUBLISHED' | 'CANCELLED';

/** One priority that a conference set. */
export interface Priority {
  words: string;
  commitmentId: string | null;
  planId: string | null;
}

export interface ConferenceRow extends SubjectColumns {
  title: string;
  planned_on: string | null;
  held_on: string | null;
  state: ConferenceState;
  users: number;
  agents: number;
  local_partners: number;
  elected_officials: number;
  review_shared: boolean;
  summary: string | null;
  priorities: Priority[];
  /** Read of working rows only. */
  reason?: string | null;
}

export type IdeaState = 'PROPOSED' | 'ADOPTED' | 'DONE' | 'SET_ASIDE';

export interface IdeaRow extends SubjectColumns {
  title: string;
  description: string | null;
  commitment_ids: string[];
  proposed_on: string;
  state: IdeaState;
  plan_id: string | null;
  done_on: string | null;
  /** Read of working rows only. */
  reason?: string | null;
}

export type MajorState = 'PLANNED' | 'UNDER_WAY' | 'DONE' | 'STOPPED';

export interface Milestone {
  title: string;
  dueOn: string | null;
  doneOn: string | null;
}

export interface MajorRow {
  id: string;
  network_id: string | null;
  title: string;
  description: string | null;
  commitment_ids: string[];
  state: MajorState;
  started_on: string | null;
  ended_on: string | null;
  milestones: Milestone[];
  reason: string | null;
  version: number;
  reached: number;
  milestone_count: number;
  /** Decimal, per cent; null without milestones. */
  progress: string | null;
}

export type GovernanceBody = 'STEERING_COMMITTEE' | 'INDIVIDUALS_COMMISSION' | 'BUSINESSES_COMMISSION';

export interface SessionRow {
  id: string;
  body: GovernanceBody;
  /** 2024-S1 */
  period: string;
  held_on: string;
  summary: string | null;
  version: number;
}

export type DecisionState = 'TAKEN' | 'CARRIED_OUT' | 'ABANDONED';

export interface DecisionRow {
  id: string;
  session_id: string;
  words: string;
  commitment_ids: string[];
  due_on: string | null;
  state: DecisionState;
  ended_on: string | null;
  reason: string | null;
  major_action_id: string | null;
  version: number;
  /** Day of its session. */
  taken_on: string;
}
