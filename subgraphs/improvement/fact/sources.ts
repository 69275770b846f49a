import type {
  ActionRow,
  DiagnosisRow,
  GapRow,
  ImpactRow,
  LabelRow,
  PlanRow,
  SubjectColumns,
} from '../tables.ts';

/** One kind of fact: the tables that it is read from, its columns, and the day that orders its lists. */
export interface FactSource<Row> {
  /** Of `improvement`; read through `published_<table>` and, by agents, `working_<table>`. */
  table: string;
  columns: readonly (keyof Row & string)[];
  /** Lists show the latest first; a fact without that day comes last. */
  day: keyof Row & string;
  /** The view: `published` rows for everybody, `working` ones for an agent. */
  read: 'published' | 'working';
}

/** A kind of fact that is written in the hub. */
export interface FactKind<Row> extends FactSource<Row> {
  /** Of its ids: PLAN for PLAN-…. */
  prefix: string;
  /** What it is called: « action plan », and ACTION_PLAN_SAVED in the audit. */
  noun: string;
  /** What the audit tells of it beside its version and publication: ids, states, days and figures, no words. */
  audited: readonly (keyof Row & string)[];
}

/** A row of a fact as it is read: an agent's `working` row leads to other working rows. */
export type Fact<Row> = Row & SubjectColumns & { working?: boolean };

export const PLANS: FactKind<PlanRow> = {
  table: 'action_plan',
  columns: [
    'title',
    'description',
    'status',
    'commitment_ids',
    'starts_on',
    'due_on',
    'done_on',
    'abandoned_because',
    'parent_id',
    'report_ids',
    'indicator_ids',
  ],
  day: 'starts_on',
  read: 'published',
  prefix: 'PLAN',
  noun: 'action plan',
  audited: ['status', 'starts_on', 'due_on', 'done_on', 'parent_id', 'report_ids', 'indicator_ids'],
};

export const ACTIONS: FactKind<ActionRow> = {
  table: 'action',
  columns: [
    'plan_id',
    'title',
    'description',
    'status',
    'owner_role',
    'owner_words',
    'due_on',
    'done_on',
    'abandoned_because',
    'progress',
  ],
  day: 'due_on',
  read: 'published',
  prefix: 'ACT',
  noun: 'action',
  audited: ['plan_id', 'status', 'owner_role', 'due_on', 'done_on', 'progress'],
};

export const DIAGNOSES: FactKind<DiagnosisRow> = {
  table: 'self_diagnosis',
  columns: ['made_on', 'findings'],
  day: 'made_on',
  read: 'published',
  prefix: 'DIAG',
  noun: 'self-diagnosis',
  audited: ['made_on'],
};

export const GAPS: FactKind<GapRow> = {
  table: 'gap',
  columns: [
    'observed_on',
    'diagnosis_id',
    'indicator_id',
    'commitment_id',
    'period',
    'target',
    'actual',
    'severity',
    'cause',
    'source',
    'plan_id',
  ],
  day: 'observed_on',
  read: 'published',
  prefix: 'GAP',
  noun: 'gap',
  audited: ['indicator_id', 'commitment_id', 'period', 'target', 'actual', 'severity', 'plan_id'],
};

export const LABELS: FactSource<LabelRow> = {
  table: 'label',
  columns: ['level', 'granted_on', 'expires_on', 'withdrawn_on'],
  day: 'granted_on',
  read: 'published',
};

export const IMPACTS: FactKind<ImpactRow> = {
  table: 'impact',
  columns: ['title', 'story', 'before_text', 'after_text', 'published_on', 'plan_id'],
  day: 'published_on',
  read: 'published',
  prefix: 'IMPACT',
  noun: 'impact',
  audited: ['published_on', 'plan_id'],
};
