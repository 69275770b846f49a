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
  source: string | null;
  file_name: string | null;
  licence: string | null;
  imported_at: Date | null;
  published_on: string | null;
  import_row: number | null;
}

/** Columns of the journal, `indicators.import i`, that make the provenance of a row whose alias is `row`. */
const provenance = (row: string) => sql`
  coalesce(i.source, i.feed) as source, i.file_name, i.licence,
  coalesce(i.finished_at, i.started_at) as imported_at,
  coalesce(${sql.ref(`${row}.updated_on`)}, i.published_on) as published_on, ${sql.ref(`${row}.import_row`)}`;

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

const RESULT_FACTS = sql`
  ${measured('r')}, r.period_inferred, r.subject_kind, r.subject_id, r.value, 'PUBLISHED'::text as basis,
  ${parts('r')}, 1 as publishing, 1 as expected, r.is_unit`;

const FIGURE_FACTS = sql`
  ${measured('f')}, false as period_inferred, 'TERRITORY'::text as subject_kind, f.territory_id as subject_id,
  f.value, f.basis, ${parts('f')}, f.publishing, f.expected, false as is_unit`;

/** Select list of a `FigureRow` from `indicators.published_result r` and `indicators.import i`. */
export const RESULT_COLUMNS: RawBuilder<FigureRow> = sql`${RESULT_FACTS}, ${provenance('r')}`;

/** Select list of a `FigureRow` from `indicators.figure f` and `indicators.import i`. */
export const FIGURE_COLUMNS: RawBuilder<FigureRow> = sql`${FIGURE_FACTS}, ${provenance('f')}`;

/** What `candidateColumns` needs, from `indicators.published_result r`, which may be many rows. */
export const RESULT_CANDIDATE: RawBuilder<unknown> = sql`
  ${RESULT_FACTS}, r.import_id, r.updated_on, r.import_row`;

/** The same from `indicators.figure f`. */
export const FIGURE_CANDIDATE: RawBuilder<unknown> = sql`
  ${FIGURE_FACTS}, f.import_id, f.updated_on, f.import_row`;

/** Select list of a `FigureRow` from a candidate whose alias is `row` and `indicators.import i`. */
export const candidateColumns = (row: string): RawBuilder<FigureRow> => {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`${measured(row)}, ${column('period_inferred')}, ${column('subject_kind')}, ${column('subject_id')},
    ${column('value')}, ${column('basis')}, ${parts(row)}, ${column('publishing')}, ${column('expected')},
    ${column('is_unit')}, ${provenance(row)}`;
};

/** Select list of a `FigureRow` from `indicators.published_statistic p` and `indicators.import i`. */
export const STATISTIC_COLUMNS: RawBuilder<FigureRow> = sql`
  ${measured('p')}, false as period_inferred, null::text as subject_kind, null::text as subject_id,
  p.value, 'PUBLISHED'::text as basis, null::text as suppressed, null::numeric as numerator,
  null::numeric as denominator, null::integer as respondents, null::integer as very_favourable,
  null::integer as favourable, null::integer as unfavourable, null::integer as very_unfavourable,
  null::integer as publishing, null::integer as expected, false as is_unit,
  ${provenance('p')}`;

/** What is known of a subject that has nothing for a period: everything else is null. */
export function unpublished(
  known: Pick<
    FigureRow,
    | 'network_id'
    | 'indicator_id'
    | 'definition_version'
    | 'period_grain'
    | 'period_start'
    | 'period_end'
    | 'subject_kind'
    | 'subject_id'
  >,
): FigureRow {
  return { ...NOTHING, ...known };
}

const NOTHING = {
  period_inferred: false,
  value: null,
  basis: null,
  suppressed: null,
  numerator: null,
  denominator: null,
  respondents: null,
  very_favourable: null,
  favourable: null,
  unfavourable: null,
  very_unfavourable: null,
  publishing: null,
  expected: null,
  is_unit: false,
  source: null,
  file_name: null,
  licence: null,
  imported_at: null,
  published_on: null,
  import_row: null,
};
