import type { DutyRow } from './duty/tables.ts';
import type { WrittenTables } from './moderation/tables.ts';
import type { ReplyTables } from './reply/tables.ts';
import type { SearchTables } from './testimony/tables.ts';

/**
 * Rows of the schema `testimonies` as PostgreSQL gives them to readers: dates are ISO strings, decimals strings.
 * `tables.db.test.ts` compares them with the real columns.
 */
export interface TestimoniesDatabase extends WrittenTables, ReplyTables, SearchTables {
  'testimonies.published_testimony': TestimonyRow;
  'testimonies.published_concern': ConcernRow;
  'testimonies.published_reply': ReplyRow;
  'testimonies.published_tag': { testimony_id: string; tag_id: string };
  'testimonies.published_procedure': ProcedureRow;
  'testimonies.tag': TagRow;
  'testimonies.reply_duty': DutyRow;
}

export const FEELINGS = ['POSITIVE', 'NEUTRAL', 'NEGATIVE'] as const;
export type Feeling = (typeof FEELINGS)[number];

export const POSTED_AS = ['INDIVIDUAL', 'BUSINESS', 'ASSOCIATION', 'OTHER'] as const;
export type PostedAs = (typeof POSTED_AS)[number];

/** A published testimony. */
export interface TestimonyRow {
  id: string;
  title: string;
  body: string;
  pseudonym: string | null;
  posted_as: PostedAs | null;
  feeling: Feeling;
  written_on: string;
  published_on: string;
  user_departement_id: string | null;
  user_region_id: string | null;
  similar_experiences: number;
  action_engaged: boolean;
  action_engaged_on: string | null;
  /** At least one structure has published its reply. */
  answered: boolean;
}

export const REPLY_STATUSES = ['TO_PROCESS', 'PUBLISHED', 'TRANSFERRED'] as const;
/** How far a structure is, as far as the public may know: drafts are still to process. */
export type ReplyStatus = (typeof REPLY_STATUSES)[number];

/** One structure that a published testimony concerns, and where it stands. */
export interface ConcernRow {
  network_id: string;
  testimony_id: string;
  position: number;
  /** Null where the source names a structure that the directory does not know. */
  structure_id: string | null;
  site_id: string | null;
  typology_id: string | null;
  channels: string[];
  status: ReplyStatus;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
}

/** The published reply of one structure. */
export interface ReplyRow {
  network_id: string;
  testimony_id: string;
  position: number;
  body: string;
  first_answered_on: string;
  ai_similarity: string | null;
}

export interface TagRow {
  id: string;
  label: string;
}

/** A procedure in the user's words; `procedure_id` where they were recognised. */
export interface ProcedureRow {
  testimony_id: string;
  label: string;
  procedure_id: string | null;
}
