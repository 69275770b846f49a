import type { ColumnType, Generated } from 'kysely';
import type { AuditTable, IdempotencyTable } from '../../../kernel/write/tables.ts';
import type { Feeling, PostedAs } from '../tables.ts';

/** Tables of what is written through the graph; the public reads none of them. */
export interface WrittenTables {
  'testimonies.testimony': TestimonyTable;
  'testimonies.contact_receipt': ContactReceiptTable;
  'testimonies.similar': SimilarTable;
  'testimonies.similar_vote': SimilarVoteTable;
  'testimonies.audit': AuditTable;
  'testimonies.idempotency': IdempotencyTable;
}

export const TESTIMONY_STATES = ['SUBMITTED', 'PUBLISHED', 'REJECTED'] as const;
export type TestimonyState = (typeof TESTIMONY_STATES)[number];

/** A testimony in whatever state, as far as commands and the moderation need it. */
export interface TestimonyTable {
  id: string;
  state: TestimonyState;
  version: Generated<number>;
  title: string;
  body: string;
  pseudonym: string | null;
  posted_as: PostedAs | null;
  feeling: Feeling;
  written_on: string;
  published_on: string | null;
  user_departement_id: string | null;
  user_region_id: string | null;
  submitted_at: Generated<Date>;
  publication_consent: string | null;
  decided_on: string | null;
  rejection_code: string | null;
  rejection_reason: string | null;
  /** When it was last written through the graph; null when it is as a file said. */
  written_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  import_id: string | null;
  import_row: number | null;
}

/** Lets the submitter of a testimony leave the author's contact, once. */
export interface ContactReceiptTable {
  testimony_id: string;
  subject: string;
  expires_at: Date;
}

/** How many people said in the hub that they lived the same. */
export interface SimilarTable {
  testimony_id: string;
  votes: Generated<number>;
  secret: Buffer | null;
}

/** That somebody voted, without who; `voted_in` is the first day of the month. */
export interface SimilarVoteTable {
  testimony_id: string;
  mark: Buffer;
  voted_in: string;
}
