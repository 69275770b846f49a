import { type RawBuilder, sql } from 'kysely';
import type { PeriodGrain } from '../../../kernel/period.ts';
import type { Basis, SubjectKind, Suppression } from '../tables.ts';

/** One value of one indicator for one subject and period: a result of a site or structure, or a figure of a territory. */
export interface FigureRow {
  /** 'ALL': every public service together. */
  network_id: string;
  indicator_id: string;
  /** Null where nothing was published for the period: the current definition applies. */
  definition_version: number | null;
  period_grain: PeriodGrain;
  period_start: string;
  period_end: string;
  period_inferred: boolean;
  /** Null where the source names no subject: the lowest or highest value that it published. */
  subject_kind: SubjectKind | null;
  subject_id: string | null;
  value: string | null;
  /** Null, as coverage and provenance, where nothing is published for the period. */
  basis: Basis | null;
  suppressed: Suppression | null;
  numerator: string | null;
  denominator: string | null;
  respondents: number | null;
  very_favourable: number | null;
  favourable: number | null;
  unfavourable: number | null;
  very_unfavourable: number | null;
  publishing: number | null;
  expected: number | null;
  /** One of the units that figures of territories are made of. */
  is_unit: boolean;
  /** Shown for a site or structure whose network publishes nothing finer than this territory. */
  inherited?: boolean;
  /** The territory, when a site or structure shows the figure of one: as such, or by the structure that answers for it. */
  inherited_from?: string | null;
  /** Where it comes from, see `Imported`. */
  import_id: string | null;
  updated_on: string | null;
  import_row: number | null;
}

/** What a row itself says of where it comes from. */
const origin = (row: string) =>
  sql`${sql.ref(`${row}.import_id`)}, ${sql.ref(`${row}.updated_on`)}, ${sql.ref(`${row}.import_row`)}`;

/** What results and figures have in common, for a row whose alias is `row`. */
const measured = (row: string) => {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`${column('network_id')}, ${column('indicator_id')}, ${column('definition_version')},
    ${column('period_grain')}, ${column('period_start')}, ${column('period_end')}`;
};

const parts = (row: string) => {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`${column('suppressed')}, ${column('numerator')}, ${column('denominator')},
    ${column('respondents')}, ${column('very_favourable')}, ${column('favourable')},
    ${column('unfavourable')}, ${column('very_unfavourable')}`;
};

/** Select list of a `FigureRow` from `indicators.published_result r`. */
export const RESULT_COLUMNS: RawBuilder<FigureRow> = sql`
  ${measured('r')}, r.period_inferred, r.subject_kind, r.subject_id, r.value, 'PUBLISHED'::text as basis,
  ${parts('r')}, 1 as publishing, 1 as expected, r.is_unit, ${origin('r')}`;

/** Select list of a `FigureRow` from `indicators.figure f`. */
export const FIGURE_COLUMNS: RawBuilder<FigureRow> = sql`
  ${measured('f')}, false as period_inferred, 'TERRITORY'::text as subject_kind, f.territory_id as subject_id,
  f.value, f.basis, ${parts('f')}, f.publishing, f.expected, false as is_unit, ${origin('f')}`;

/** Select list of a `FigureRow` from rows `f` that have been selected by one of these lists. */
export const CHOSEN_COLUMNS: RawBuilder<FigureRow> = sql`
  ${measured('f')}, f.period_inferred, f.subject_kind, f.subject_id, f.value, f.basis, ${parts('f')}, f.publishing,
  f.expected, f.is_unit, ${origin('f')}`;

/** Select list of a `FigureRow` from `indicators.published_statistic p`. */
export const STATISTIC_COLUMNS: RawBuilder<FigureRow> = sql`
  ${measured('p')}, false as period_inferred, null::text as subject_kind, null::text as subject_id,
  p.value, 'PUBLISHED'::text as basis, null::text as suppressed, null::numeric as numerator,
  null::numeric as denominator, null::integer as respondents, null::integer as very_favourable,
  null::integer as favourable, null::integer as unfavourable, null::integer as very_unfavourable,
  null::integer as publishing, null::integer as expected, false as is_unit,
  ${origin('p')}`;

/** What most pages ask of a figure. */
export type Measured = Pick<FigureRow, 'value' | 'basis' | 'suppressed' | 'respondents'>;

/** Of which figure they ask it. */
type Known = Pick<
  FigureRow,
  | 'network_id'
  | 'indicator_id'
  | 'definition_version'
  | 'period_grain'
  | 'period_start'
  | 'period_end'
  | 'subject_kind'
  | 'subject_id'
>;

export const UNMEASURED: Measured = { value: null, basis: null, suppressed: null, respondents: null };

/** What is known of a subject that has nothing for a period: everything else is null. */
export const unpublished = (known: Known): FigureRow => sparse(known, UNMEASURED);

/** A figure of which only this was read. */
export const sparse = (known: Known, measured: Measured): FigureRow => ({
  network_id: known.network_id,
  indicator_id: known.indicator_id,
  definition_version: known.definition_version,
  period_grain: known.period_grain,
  period_start: known.period_start,
  period_end: known.period_end,
  period_inferred: false,
  subject_kind: known.subject_kind,
  subject_id: known.subject_id,
  value: measured.value,
  basis: measured.basis,
  suppressed: measured.suppressed,
  numerator: null,
  denominator: null,
  respondents: measured.respondents,
  very_favourable: null,
  favourable: null,
  unfavourable: null,
  very_unfavourable: null,
  publishing: null,
  expected: null,
  is_unit: false,
  import_id: null,
  updated_on: null,
  import_row: null,
});
