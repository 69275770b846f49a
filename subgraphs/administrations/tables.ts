import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { ImportEntry } from '../../kernel/import/journal.ts';
import type { AuditTable, IdempotencyTable } from '../../kernel/write/tables.ts';
import type { AccessStateTable, AccessTable } from './access/tables.ts';
import type { ImportedChangeView, WordingChangeTable } from './changes/tables.ts';
import type {
  Address,
  ContactPoint,
  MediatorRow,
  OpeningPeriodRow,
  SupportOfferRow,
} from './contact-shapes.ts';
import type { SurroundingsTable } from './surroundings/tables.ts';

/**
 * Rows of the schemas `directory` and `administrations`, as PostgreSQL gives them: dates are ISO strings,
 * bigint a string, jsonb parsed. `tables.db.test.ts` compares them with the real columns.
 */
export interface AdministrationsDatabase {
  'directory.territory': TerritoryTable;
  'directory.surroundings': SurroundingsTable;
  'directory.ministry': MinistryTable;
  'directory.network': NetworkTable;
  'directory.network_alias': NetworkAliasTable;
  'directory.network_pivot': NetworkPivotTable;
  'directory.typology': TypologyTable;
  'directory.structure': StructureTable;
  'directory.site': SiteTable;
  'directory.site_alias': SiteAliasTable;
  'directory.structure_site': StructureSiteTable;
  'directory.competence': CompetenceTable;
  'directory.revision': RevisionTable;
  'directory.change': ChangeTable;
  'administrations.import': ImportEntry;
  'administrations.pivot': PivotTable;
  'administrations.site_detail': SiteDetailTable;
  'administrations.site_contact': SiteContactTable;
  'directory.commitment': { id: string; version: string };
  'administrations.commitment': CommitmentTable;
  'administrations.commitment_correspondence': CommitmentCorrespondenceTable;
  'administrations.network_commitment': NetworkCommitmentTable;
  'administrations.commitment_display': CommitmentDisplayTable;
  'administrations.procedure': ProcedureTable;
  'administrations.announced_delay': AnnouncedDelayTable;
  'administrations.access': AccessTable;
  'administrations.access_state': AccessStateTable;
  'administrations.wording_change': WordingChangeTable;
  'administrations.imported_change': ImportedChangeView;
  'administrations.audit': AuditTable;
  'administrations.idempotency': IdempotencyTable;
}

export type TerritoryLevel = 'COMMUNE' | 'DEPARTEMENT' | 'REGION' | 'NATIONAL';
/** Finest level at which a network publishes, and what a structure answers for. */
export type UnitLevel = 'SITE' | 'DEPARTEMENT' | 'REGION' | 'NATIONAL';

export interface TerritoryTable {
  id: string;
  level: TerritoryLevel;
  code: string;
  name: string;
  /** A municipal arrondissement has its commune as parent, a commune its département. */
  parent_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  population: number | null;
  postal_codes: Generated<string[]>;
  latitude: number | null;
  longitude: number | null;
  center_method: 'TOWN_HALL' | 'PLACE' | 'NEIGHBOURS' | null;
  is_arrondissement: Generated<boolean>;
  valid_from: string | null;
  /** Null for most merged communes, whose end the source does not give: read `is_current`. */
  valid_to: string | null;
  merged_into: string | null;
  is_current: GeneratedAlways<boolean>;
  /** Year of the COG that last described it. */
  vintage: number;
  import_id: string | null;
  name_key: GeneratedAlways<string>;
}

export interface MinistryTable {
  id: string;
  name: string;
}

export interface NetworkTable {
  id: string;
  code: string;
  name: string;
  ministry_id: string | null;
  finest_level: UnitLevel;
  has_ivr: Generated<boolean>;
  counts_in_transparency: Generated<boolean>;
  valid_from: string | null;
  valid_to: string | null;
  successor_id: string | null;
}

export interface NetworkAliasTable {
  label: string;
  /** `directory.label_key(label)`: no accents, case or punctuation. */
  key: GeneratedAlways<string>;
  network_id: string;
}

export interface NetworkPivotTable {
  pivot: string;
  network_id: string;
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
  description: string | null;
  network_id: string;
  typology_id: string | null;
  parent_id: string | null;
  level: UnitLevel;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  postal_code: string | null;
  city: string | null;
  external_id: string | null;
  commune_match: 'EXACT' | 'AMBIGUOUS' | 'NONE' | null;
  valid_from: string | null;
  valid_to: string | null;
  import_id: string;
  import_row: number | null;
}

export interface SiteTable {
  id: string;
  name: string;
  name_key: GeneratedAlways<string>;
  pivot: string;
  pivots: string[];
  network_id: string | null;
  /** As published, null abroad; `commune_id` is the current commune that holds it. */
  source_commune_code: string | null;
  commune_id: string | null;
  departement_id: string | null;
  region_id: string | null;
  latitude: number | null;
  longitude: number | null;
  valid_from: string | null;
  valid_to: string | null;
}

export interface SiteAliasTable {
  /** A former `SITE-…` id, or a pivot code of the directory such as `pole_emploi-62080-01`. */
  alias: string;
  site_id: string;
}

export interface StructureSiteTable {
  structure_id: string;
  site_id: string;
  method: string;
  confidence: 'CERTAIN' | 'PROBABLE' | 'POSSIBLE';
  valid_from: string | null;
  valid_to: string | null;
  import_id: string;
  import_row: number | null;
}

export interface CompetenceTable {
  network_id: string;
  commune_id: string;
  site_id: string;
  import_id: string;
  import_row: number | null;
}

export interface RevisionTable {
  number: string;
  made_at: Generated<Date>;
  import_id: string | null;
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

export interface PivotTable {
  code: string;
  label: string;
}

export interface SiteDetailTable {
  site_id: string;
  address: JSONColumnType<Address | null>;
  postal_address: JSONColumnType<Address | null>;
  phones: JSONColumnType<ContactPoint[]>;
  emails: JSONColumnType<ContactPoint[]>;
  websites: JSONColumnType<ContactPoint[]>;
  opening: JSONColumnType<OpeningPeriodRow[]>;
  opening_note: string | null;
  accessibility: 'ACCESSIBLE' | 'ON_REQUEST' | 'NOT_ACCESSIBLE' | null;
  accessibility_note: string | null;
  information: string | null;
  siren: string | null;
  siret: string | null;
  modified_on: string | null;
  source: string | null;
  import_id: string;
  import_row: number | null;
}

/** What the network adds to the directory; a site without such a row has no such contact data. */
export interface SiteContactTable {
  site_id: string;
  directions: string | null;
  phones: JSONColumnType<ContactPoint[]>;
  emails: JSONColumnType<ContactPoint[]>;
  opening: JSONColumnType<OpeningPeriodRow[]>;
  mediators: JSONColumnType<MediatorRow[]>;
  support: JSONColumnType<SupportOfferRow[]>;
  import_id: string;
  import_row: number | null;
}

export interface CommitmentTable {
  id: string;
  version: '2021' | '2024';
  code: string;
  position: number;
  title: string;
  short_title: string | null;
  heading: string | null;
  source: string;
}

export interface CommitmentCorrespondenceTable {
  from_id: string;
  to_id: string;
  merged: Generated<boolean>;
}

export interface NetworkCommitmentTable {
  network_id: string;
  commitment_id: string;
  wording: string;
  valid_from: string | null;
  import_id: string | null;
  /** Rises with every change; written by the database. */
  version: Generated<number>;
  /** When the network wrote it through the graph; null when it came in a file. */
  written_at: Date | null;
}

export interface CommitmentDisplayTable {
  id: string;
  network_id: string;
  commitment_id: string;
  site_id: string | null;
  place: 'RECEPTION' | 'WEB';
  url: string | null;
  since: string | null;
  import_id: string | null;
}

export interface ProcedureTable {
  id: string;
  name: string;
  name_key: GeneratedAlways<string>;
  network_id: string | null;
  flagship: Generated<boolean>;
  url: string | null;
  import_id: string | null;
}

export interface AnnouncedDelayTable {
  procedure_id: string;
  territory_id: string;
  channel: 'ONLINE' | 'POST' | 'COUNTER' | 'PHONE' | 'EMAIL';
  days: number;
  announced_on: string;
  import_id: string | null;
}
