import type { Generated, GeneratedAlways } from 'kysely';
import type { Density, Setting } from '../../kernel/surroundings.ts';
import type { FigureLevel, UnitLevel } from './tables.ts';

/** Row types of what this subgraph reads of schema `directory`, which administrations owns. */
export interface TerritoryTable {
  id: string;
  level: 'COMMUNE' | FigureLevel;
  code: string;
  name: string;
  parent_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  valid_to: string | null;
  merged_into: string | null;
  name_key: GeneratedAlways<string>;
}

/** In what surroundings a current territory stands. */
export interface SurroundingsTable {
  territory_id: string;
  population_within_10_km: string | null;
  density: Density | null;
  setting: Setting | null;
}

export interface NetworkTable {
  id: string;
  code: string;
  name: string;
  finest_level: UnitLevel;
  counts_in_transparency: Generated<boolean>;
  valid_from: string | null;
  valid_to: string | null;
  successor_id: string | null;
}

export interface TypologyTable {
  id: string;
  network_id: string;
  name: string;
}

export interface StructureTable {
  id: string;
  code: string;
  name: string;
  network_id: string;
  typology_id: string | null;
  parent_id: string | null;
  level: UnitLevel;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface SiteTable {
  id: string;
  name: string;
  network_id: string | null;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface SiteAliasTable {
  alias: string;
  site_id: string;
}

export interface StructureSiteTable {
  structure_id: string;
  site_id: string;
  confidence: 'CERTAIN' | 'PROBABLE' | 'POSSIBLE';
  valid_from: string | null;
  valid_to: string | null;
}

export interface RevisionTable {
  number: string;
  made_at: Date;
}

export interface ChangeTable {
  revision: string;
  entity: 'TERRITORY' | 'NETWORK' | 'STRUCTURE' | 'SITE' | 'STRUCTURE_SITE';
  id: string;
  old_network_id: string | null;
  new_network_id: string | null;
  old_departement_id: string | null;
  new_departement_id: string | null;
}
