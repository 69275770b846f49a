import type { ColumnType, Generated } from 'kysely';
import type { AuditTable, IdempotencyTable } from '../../kernel/write/tables.ts';
import type {
  ChangeTable,
  NetworkTable,
  RevisionTable,
  SiteAliasTable,
  SiteTable,
  StructureSiteTable,
  StructureTable,
  SurroundingsTable,
  TerritoryTable,
  TypologyTable,
} from './directory-tables.ts';
import type { SettingFigureTable } from './equality/tables.ts';
import type { PeerGroupTable } from './peers/tables.ts';
import type { SurveyTables } from './survey-tables.ts';

/**
 * Row types of schema `indicators` and of what it reads of `directory`; `tables.db.test.ts` compares them
 * with the database. numeric, date and bigint are text, integers are numbers, timestamptz is a Date.
 */
export interface IndicatorsTables extends SurveyTables {
  'indicators.import': ImportTable;
  'indicators.indicator': IndicatorTable;
  'indicators.definition': DefinitionTable;
  'indicators.indicator_commitment': IndicatorCommitmentTable;
  'indicators.target': TargetTable;
  'indicators.result': ResultTable;
  'indicators.published_result': PublishedResultView;
  'indicators.changed_result': ChangedResultView;
  'indicators.result_draft': ResultDraftTable;
  'indicators.result_draft_row': ResultDraftRowTable;
  'indicators.audit': AuditTable;
  'indicators.idempotency': IdempotencyTable;
  'indicators.figure': FigureTable;
  'indicators.spread': SpreadTable;
  'indicators.peer_group': PeerGroupTable;
  'indicators.setting_figure': SettingFigureTable;
  'indicators.published_statistic': PublishedStatisticTable;
  'indicators.publisher': PublisherTable;
  'indicators.transparency': TransparencyTable;
  'indicators.directory_state': DirectoryStateTable;
  'directory.territory': TerritoryTable;
  'directory.surroundings': SurroundingsTable;
  'directory.network': NetworkTable;
  'directory.typology': TypologyTable;
  'directory.structure': StructureTable;
  'directory.site': SiteTable;
  'directory.site_alias': SiteAliasTable;
  'directory.structure_site': StructureSiteTable;
  'directory.revision': RevisionTable;
  'directory.change': ChangeTable;
}

export type Family = 'PERFORMANCE' | 'SATISFACTION';
export type Unit = 'PERCENT' | 'SCORE_10' | 'POINTS' | 'MINUTES' | 'DAYS' | 'COUNT';
export type Direction = 'HIGHER_IS_BETTER' | 'LOWER_IS_BETTER';
export type Frequency = 'ANNUAL' | 'HALF_YEARLY' | 'QUARTERLY' | 'MONTHLY' | 'IRREGULAR';
export type Comparability = 'SAME_QUESTION' | 'CLOSE' | 'OWN';
/** How a value comes from its parts; the migration says each formula. */
export type Formula = 'RATIO' | 'MEAN' | 'FAVOURABLE' | 'NET' | 'SUM';
export type SubjectKind = 'SITE' | 'STRUCTURE' | 'TERRITORY' | 'PROCEDURE';
export type Basis = 'PUBLISHED' | 'COMPUTED_WEIGHTED' | 'COMPUTED_UNWEIGHTED';
export type Suppression = 'SMALL_SAMPLE' | 'COMPLEMENTARY';
/** Levels at which figures exist. */
export type FigureLevel = 'DEPARTEMENT' | 'REGION' | 'NATIONAL';
/** Level of a unit of publication. */
export type UnitLevel = 'SITE' | FigureLevel;
type Grain = 'YEAR' | 'SEMESTER' | 'QUARTER' | 'MONTH';

/** Columns of the journal that every role may read. */
export interface ImportTable {
  id: string;
  kind: 'IMPORT' | 'ROLLBACK' | 'REFRESH';
  feed: string;
  scope: string;
  file_name: string;
  sha256: string;
  source: string | null;
  licence: string | null;
  published_on: string | null;
  state: 'RUNNING' | 'PUBLISHED' | 'REFUSED' | 'FAILED' | 'ROLLED_BACK';
  started_at: Date;
  finished_at: Date | null;
  accepted: string;
  quarantined: string;
  publication: string | null;
}

export interface IndicatorTable {
  id: string;
  code: string;
  /** Null: any network (the common core). 'ALL': every public service together. */
  network_id: string | null;
  core_indicator_id: string | null;
  comparability: Comparability | null;
  import_id: string | null;
  import_row: number | null;
  /** Rises with every change of the indicator or of its definition. */
  revision: Generated<number>;
}

export interface DefinitionTable {
  indicator_id: string;
  version: number;
  title: string;
  user_title: string;
  question: string | null;
  family: Family;
  unit: Unit;
  direction: Direction;
  frequency: Frequency;
  formula: Formula | null;
  sources: string | null;
  methods: string | null;
  valid_from: string | null;
}

export interface IndicatorCommitmentTable {
  indicator_id: string;
  commitment_id: string;
}

export interface TargetTable {
  network_id: string;
  indicator_id: string;
  structure_id: Generated<string>;
  period_start: string;
  period_end: string;
  value: string;
  import_id: string | null;
}

/** What a result measures and over what span. */
interface Measured {
  network_id: string;
  indicator_id: string;
  definition_version: number;
  period_grain: Grain;
  period_start: string;
  period_end: string;
}

/** What may be known of the answers or the counts behind a value. */
interface Parts {
  numerator: string | null;
  denominator: string | null;
  respondents: number | null;
  very_favourable: number | null;
  favourable: number | null;
  unfavourable: number | null;
  very_unfavourable: number | null;
}

export interface ResultTable extends Measured, Parts {
  subject_kind: SubjectKind;
  subject_id: string;
  period_inferred: Generated<boolean>;
  value: string;
  updated_on: string | null;
  import_id: string;
  import_row: number | null;
  publication_from: string;
  publication_to: string | null;
  /** Publication that last changed what the public knows of the result; null on rows that another one replaced. */
  changed_in: string | null;
  /** It replaced a value that was published before. */
  corrects: Generated<boolean>;
  is_unit: Generated<boolean>;
  suppressed: Suppression | null;
}

/** Current results as the public may see them: null instead of what is withheld. */
export interface PublishedResultView extends Measured, Parts {
  subject_kind: SubjectKind;
  subject_id: string;
  period_inferred: boolean;
  value: string | null;
  updated_on: string | null;
  import_id: string;
  import_row: number | null;
  publication_from: string;
  is_unit: boolean;
  suppressed: Suppression | null;
}

/** One row per result in the order in which results changed; a withdrawn one has no value. */
export interface ChangedResultView extends PublishedResultView {
  changed_in: string;
  withdrawn: boolean;
  corrected: boolean;
}

export type DraftState = 'DRAFT' | 'PUBLISHED' | 'DISCARDED';

export interface ResultDraftTable {
  id: string;
  network_id: string;
  version: number;
  title: string;
  state: DraftState;
  /** How many results it holds. */
  results: number;
  /** What stood in the way of its publication when it was saved: a list of user errors. */
  problems: ColumnType<object, string, string>;
  publication: string | null;
  created_at: Generated<Date>;
  created_by: string;
  updated_at: Generated<Date>;
  updated_by: string;
}

/** A result as it was typed. */
export interface ResultDraftRowTable {
  draft_id: string;
  network_id: string;
  rank: number;
  indicator: string;
  site: string | null;
  structure: string | null;
  territory: string | null;
  period: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  respondents: number | null;
  very_favourable: number | null;
  favourable: number | null;
  unfavourable: number | null;
  very_unfavourable: number | null;
}

export interface FigureTable extends Measured, Parts {
  /** Empty: all typologies together. */
  typology_id: Generated<string>;
  level: FigureLevel;
  territory_id: string;
  value: string | null;
  basis: Basis;
  suppressed: Suppression | null;
  publishing: number;
  expected: number;
  import_id: string;
  import_row: number | null;
  updated_on: string | null;
}

export interface SpreadTable {
  network_id: string;
  indicator_id: string;
  definition_version: number;
  period_grain: Grain;
  period_start: string;
  units: number;
  values_ascending: string[];
  units_up_to: number[];
  median: string;
  lowest_subject_id: string;
  highest_subject_id: string;
}

/** What the source says of a network's spread; replaces the computed one. */
export interface PublishedStatisticTable extends Measured {
  statistic: 'LOWEST' | 'HIGHEST' | 'MEDIAN';
  value: string;
  updated_on: string | null;
  import_id: string;
  import_row: number | null;
}

/** A site, structure, territory or procedure with a result in a year; year 0 is all years together. */
export interface PublisherTable {
  network_id: string;
  year: number;
  subject_id: string;
  subject_kind: SubjectKind;
  latest_on: string;
}

export interface TransparencyTable {
  territory_id: string;
  year: number;
  network_id: string;
  rate: string | null;
  basis: 'PUBLISHED' | 'COMPUTED_UNWEIGHTED';
  publishing: number | null;
  expected: number | null;
  transparent: boolean | null;
  import_id: string | null;
  import_row: number | null;
}

export interface DirectoryStateTable {
  only_row: Generated<boolean>;
  revision: string;
  suppression_threshold: number;
}
