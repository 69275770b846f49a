import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { LabelLevel, PlanStatus } from '../tables.ts';

/** What a selection of facts is restricted to; an absent or null property restricts nothing. */
export interface FactFilter {
  network?: string | null | undefined;
  structure?: string | null | undefined;
  site?: string | null | undefined;
  territory?: string | null | undefined;
  ids?: readonly string[] | null | undefined;
  /** By column of the kind, named by our code: one of these values. */
  is?: Readonly<Record<string, readonly string[] | null | undefined>> | undefined;
  /** By column: of this day or later. */
  from?: Readonly<Record<string, string | null | undefined>> | undefined;
  /** By column: of this day or earlier. */
  until?: Readonly<Record<string, string | null | undefined>> | undefined;
  /** Action plans only. */
  status?: readonly PlanStatus[] | null | undefined;
  /** Action plans only: one of the commitments that they serve. */
  commitment?: string | null | undefined;
  /** Kinds with a column `search`: every one of these words is in the entry. */
  search?: string | null | undefined;
  /** Frequent errors only: those to be reviewed today, or the others. */
  toReview?: boolean | null | undefined;
  /** Labels only: it holds on this day. */
  inForceOn?: string | null | undefined;
  /** Labels only: its last day is before this one. */
  expiresBefore?: string | null | undefined;
  /** Labels only. */
  level?: readonly LabelLevel[] | null | undefined;
}

/** What lists of facts hang under: a subject, or another fact by the column that names it (`by plan_id`). */
export type FactParent = SubjectKind | `by ${string}`;
