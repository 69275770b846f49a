import type { ReplyState } from '../reply/tables.ts';

/** What a backlog is restricted to. */
export interface BacklogFilter {
  states: readonly ReplyState[];
  /** Null: late or not. */
  overdue: boolean | null;
}

/** States in which a reply is still owed. */
export const OWED: readonly ReplyState[] = ['TO_PROCESS', 'DRAFT', 'TO_VALIDATE'];

/** What is still owed, in figures. */
export interface BacklogSummary {
  to_process: number;
  draft: number;
  to_validate: number;
  /** Null where no network concerned has a duty. */
  overdue: number | null;
  oldest: string | null;
}
