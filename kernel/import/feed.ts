/**
 * How to write a feed. Two files in the subgraph that owns the tables:
 *
 * ```ts
 * // subgraphs/indicators/import/sp-results.sheet.ts — what the file holds
 * export const resultsSheet = sheet({
 *   columns: {
 *     id: code({ header: 'code_sp_du_resultat', required: true, pattern: /\w+/, expected: 'a Code SP+' }),
 *     structure: text({ header: ['code_sp_structure', 'Code structure'], required: true, max: 100 }),
 *     value: decimal({ header: 'valeur', required: true }),          // "98,5 %" → '98.5'; "n.d." → rejection
 *     unit: oneOf({ header: 'unite', labels: { '%': 'PERCENT', jours: 'DAYS' } }),
 *     updated_on: date({ header: 'date_de_mise_a_jour', required: true }),
 *   },
 *   rule: (row) =>
 *     row.unit === 'PERCENT' && Number(row.value) > 100
 *       ? [rejected('valeur', 'OUT_OF_RANGE', 'expected a rate between 0 and 100', row.value)] : [],
 * });
 *
 * // subgraphs/indicators/import/sp-results.merge.ts — how staged rows become facts
 * type Staged = { import_row: ImportRow & { structure: string; value: string; updated_on: string } };
 * export const spResults = defineFeed({
 *   name: 'sp-results', subgraph: 'indicators', description: 'Results per structure (open data)',
 *   licence: 'Licence Ouverte 2.0', source: 'Services Publics+',
 *   input: resultsSheet,
 *   duplicateKey: ['id'],                 // identical rows merged with a notice, contradictory ones all rejected
 *   scope: () => 'all',                   // imports of one scope wait for one another
 *   async check(trx) {                    // rows that only SQL can judge; QUARANTINED rows leave the staging
 *     await reportRows(trx, { code: 'UNKNOWN_STRUCTURE', severity: 'QUARANTINED', column: 'code_sp_structure',
 *       message: 'no such structure in the directory', sample: sql`s.structure`,
 *       where: sql`not exists (select from directory.structure d where d.id = 'STR-' || s.structure)` });
 *   },
 *   async merge(trx, { importId, publication }) {   // set-based SQL, same transaction as the publication
 *     const db = trx.withTables<IndicatorsTables & Staged>();
 *     …insert into indicators.result … select … from import_row…
 *     return { inserted: 12, updated: 3, unchanged: 0, closed: 0 };
 *   },
 *   async rollback(trx, { importId, publication }) { …history of its own… },   // or `entities`, see before.ts
 * });
 * ```
 *
 * Staging: temporary table `import_row(record bigint, line integer, …columns)`, one row per accepted record
 * (`record` is unique in a sheet, `line` is the line of the file). Problems: temporary table `import_problem(record, line,
 * column_name, code, severity, message, sample)`; `check` may insert there, the engine then removes REJECTED and
 * QUARANTINED records from `import_row` before `merge`. A file of nested objects gives `objects({ staging, map })`
 * (objects.ts) instead of a sheet. Nothing is visible until the transaction commits; `merge` must be idempotent.
 */
import type { Transaction } from 'kysely';
import type { Entity } from './before.ts';
import type { ObjectInput } from './objects.ts';
import type { Severity } from './problem.ts';
import type { Columns, Sheet } from './sheet.ts';

/** Columns of `import_row` that every feed has. */
export interface ImportRow {
  /** Rank of the record in the file, from 1: the key of a staged row. */
  record: string;
  /** Line of the file where the record begins, from 1. */
  line: number;
}

export interface ImportProblemTable extends ImportRow {
  column_name: string | null;
  code: string;
  severity: Severity;
  message: string;
  sample: string | null;
}

/** The two temporary tables of a running import; add a feed's own with `trx.withTables<…>()`. */
export interface ImportTables {
  import_row: ImportRow;
  import_problem: ImportProblemTable;
}

export type ImportTransaction = Transaction<ImportTables>;

/** Options of one run that the feed understands (`--period 2023` → `{ period: '2023' }`). */
export type FeedOptions = Readonly<Record<string, string>>;

export interface ImportContext {
  /** Id of the journal row, the provenance of what is written. */
  importId: string;
  /** Number of the publication under way: rising in the subgraph, never reused. */
  publication: string;
  options: FeedOptions;
  fileName: string;
  source: string | null;
  licence: string | null;
  /** Day on which the source published the file, when the operator said so. */
  publishedOn: string | null;
  /** Adds a line to the report (« 12 structures have no site »). */
  notice(message: string): void;
}

/** Counts of rows of the feed's main table. */
export interface MergeReport {
  inserted: number;
  updated: number;
  unchanged: number;
  closed: number;
  /** Other figures worth reporting, by label. */
  details?: Readonly<Record<string, number>>;
}

export interface RollbackContext {
  /** The import to undo. */
  importId: string;
  /** Id of the journal row of the rollback itself. */
  rollbackId: string;
  /** A new publication number: undoing publishes a version too. */
  publication: string;
  options: FeedOptions;
}

/** An option that a feed understands. */
interface FeedOption {
  description: string;
  required?: boolean;
  /** What it must match entirely, with `expected` to say so. */
  pattern?: RegExp;
  expected?: string;
}

export interface FeedSpec<C extends Columns = Columns> {
  /** Kebab-case name of the CLI. */
  name: string;
  subgraph: string;
  description: string;
  /** Licence and source by default; the operator may say others. */
  licence?: string;
  source?: string;
  input: Sheet<C> | ObjectInput;
  /** Columns of the staging whose values name one fact within a file. */
  duplicateKey?: readonly (keyof C & string)[];
  options?: Readonly<Record<string, FeedOption>>;
  /** What this run writes to (a network, « all »): two runs of one feed and scope never overlap. */
  scope(options: FeedOptions): string;
  /** True when it moves sites, structures, networks or territories: other subgraphs are refreshed after it. */
  touchesDirectory?: boolean;
  check?(trx: ImportTransaction, context: ImportContext): Promise<void>;
  merge(trx: ImportTransaction, context: ImportContext): Promise<MergeReport>;
  /** Tables of reference data whose before-images undo this feed (see before.ts). */
  entities?: readonly Entity[];
  /** Undoing of a feed that keeps its own history; throws CONFLICT where later imports touched the same keys. */
  rollback?(trx: ImportTransaction, context: RollbackContext): Promise<void>;
}

/** A feed whatever its columns, as the engine and the CLI handle it. */
export type Feed = Omit<FeedSpec, 'input' | 'duplicateKey'> & {
  input: Sheet | ObjectInput;
  duplicateKey?: readonly string[];
};

/** What a rollback needs to know of the feed, or of the command, that made an entry of the journal. */
export type Undoable = Pick<Feed, 'name' | 'subgraph' | 'entities' | 'rollback'>;

/** Types a feed's declaration; see the top of this file. */
export const defineFeed = <C extends Columns>(spec: FeedSpec<C>): Feed => spec;
