import type { Feeling, PostedAs, ReplyStatus } from '../tables.ts';

/** What published testimonies are searched and counted by. */
export interface SearchTables {
  'testimonies.published_entry': EntryRow;
  'testimonies.published_place': PlaceRow;
}

/** A structure with its site, as testimonies name them, and where they stand. */
export interface PlaceRow {
  id: number;
  network_id: string;
  structure_id: string | null;
  site_id: string | null;
  typology_id: string | null;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
}

/** A structure that a published testimony concerns, or the testimony alone, with what it is searched by. */
export interface EntryRow {
  testimony_id: string;
  /** Of the structure concerned; 0 where there is none. */
  position: number;
  /** One row of each testimony. */
  is_first: boolean;
  published_on: string;
  written_on: string;
  feeling: Feeling;
  posted_as: PostedAs | null;
  user_departement_id: string | null;
  user_region_id: string | null;
  action_engaged: boolean;
  answered: boolean;
  /** Where it is about a structure: a row of `published_place`. */
  place: number | null;
  network_id: string | null;
  structure_id: string | null;
  site_id: string | null;
  typology_id: string | null;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  status: ReplyStatus | null;
  first_answered_on: string | null;
  channels: string[];
  tags: string[];
  /** Ids, else the words of the user. */
  procedures: string[];
  /** The testimony has no other row. */
  is_only: boolean;
}
