import type { Generated } from 'kysely';

export const REPLY_STATES = ['TO_PROCESS', 'DRAFT', 'TO_VALIDATE', 'PUBLISHED', 'TRANSFERRED'] as const;
/** How far a reply is, as those who work on it know it. */
export type ReplyState = (typeof REPLY_STATES)[number];

/** What is written of replies and of what follows them; the public reads views of it. */
export interface ReplyTables {
  'testimonies.concern': ConcernTable;
  'testimonies.reply': ReplyTable;
  'testimonies.ai_draft': { testimony_id: string; position: number; body: string };
  'testimonies.engaged_action': EngagedActionTable;
  'testimonies.testimony_link': LinkTable;
  'testimonies.published_action': ActionRow;
  'testimonies.published_holder': { testimony_id: string; named: number; position: number };
  'testimonies.published_link': { testimony_id: string; kind: LinkKind; target_id: string };
}

/** What one structure owes to a testimony, in whatever state. */
export interface ConcernTable {
  network_id: string;
  testimony_id: string;
  position: number;
  structure_id: string | null;
  site_id: string | null;
  channels: Generated<string[]>;
  status: ReplyState;
  structure_label: string | null;
  typology_label: string | null;
  version: Generated<number>;
  /** Position of the structure that the user named, for one that took its reply over. */
  origin: number | null;
  sent_back_reason: string | null;
}

export interface ReplyTable {
  network_id: string;
  testimony_id: string;
  position: number;
  body: string;
  first_answered_on: string | null;
  ai_similarity: string | null;
}

export interface EngagedActionTable {
  network_id: string;
  testimony_id: string;
  position: number;
  engaged_on: string;
  words: string;
  plan_id: string | null;
}

/** An action of a published testimony, with who engaged it. */
export interface ActionRow extends EngagedActionTable {
  structure_id: string | null;
  site_id: string | null;
}

export const LINK_KINDS = ['PLAN', 'IMPACT'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface LinkTable {
  testimony_id: string;
  target_id: string;
  kind: Generated<LinkKind>;
  import_id: string | null;
  import_row: number | null;
}
