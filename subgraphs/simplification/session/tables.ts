/** Rows of test sessions, as PostgreSQL gives them; see the migration of testers. */
export interface SessionTables {
  'simplification.test_session': SessionRow & { import_id: string | null; import_row: number | null };
  'simplification.published_session': SessionRow;
  'simplification.invitation': {
    id: string;
    session_id: string;
    tester_id: string | null;
    invited_at: Date;
    answer: Answer;
  };
}

export type SessionMode = 'ONLINE' | 'IN_PERSON' | 'PHONE';
export type SessionState = 'PLANNED' | 'OPEN' | 'HELD' | 'PUBLISHED' | 'CANCELLED';

/** A session in which volunteers try documents; days are ISO. */
export interface SessionRow {
  network_id: string;
  id: string;
  structure_id: string | null;
  site_id: string | null;
  title: string;
  mode: SessionMode;
  planned_on: string;
  held_on: string | null;
  state: SessionState;
  participants: number | null;
  remarks: string | null;
  results: TestResult[];
  version: number;
}

/** How the trial of one document went. */
export interface TestResult {
  report_id: string;
  testers: number;
  understood: number;
  completed: number;
}

export const ANSWERS = ['NONE', 'ACCEPTED', 'DECLINED', 'TOOK_PART'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Whom a session asked; the reference is null once the tester was erased. */
export interface InvitationRow {
  session_id: string;
  reference: string | null;
  invited_at: Date;
  answer: Answer;
}
