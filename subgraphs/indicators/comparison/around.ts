import { type Kysely, type RawBuilder, sql } from 'kysely';
import { NATION, type TerritoryLevel } from '../../../kernel/ids.ts';
import { type FigureRow, type Measured, sparse } from '../figure/figure.row.ts';
import type { IndicatorsTables, SubjectKind } from '../tables.ts';
import { groupOf, textOfGroup } from './group.ts';
import type { Place } from './local.query.ts';
import { groups } from './spread.query.ts';

/** What a local figure is compared to, read with it: of each figure only what `Measured` holds. */
export interface Around {
  levels: Readonly<Record<Exclude<TerritoryLevel, 'COMMUNE'>, FigureRow | null>>;
  extremes: Readonly<Record<'LOWEST' | 'HIGHEST', FigureRow | null>>;
  median: string | null;
}

/** The row `row` is of the definition and period of the local figure `f`. */
const alike = (row: string): RawBuilder<boolean> => sql`
  ${sql.ref(`${row}.network_id`)} = f.network_id and ${sql.ref(`${row}.indicator_id`)} = f.indicator_id
  and ${sql.ref(`${row}.period_start`)} = f.period_start and ${sql.ref(`${row}.period_grain`)} = f.period_grain
  and ${sql.ref(`${row}.definition_version`)} = f.definition_version`;

const level = (row: string, territory: RawBuilder<unknown>) => sql`
  left join indicators.figure ${sql.ref(row)}
    on ${alike(row)} and ${sql.ref(`${row}.territory_id`)} = ${territory} and ${sql.ref(`${row}.typology_id`)} = ''`;

const statistic = (row: string, name: 'LOWEST' | 'HIGHEST' | 'MEDIAN') => sql`
  left join indicators.published_statistic ${sql.ref(row)}
    on ${alike(row)} and ${sql.ref(`${row}.statistic`)} = ${sql.lit(name)}`;

/** The unit that has an extreme value, unless the source published that value. */
const unit = (row: string, published: string, subject: string) => sql`
  left join indicators.published_result ${sql.ref(row)}
    on ${sql.ref(`${published}.value`)} is null and ${alike(row)}
   and ${sql.ref(`${row}.subject_id`)} = ${sql.ref(`s.${subject}`)}`;

/** For a `from` with a place `p` and its local figure `f`. */
export const NEAR_JOINS: RawBuilder<unknown> = sql`
  ${level('departement', sql`p.place_departement`)}
  ${level('region', sql`p.place_region`)}`;

const measured = (row: string) => {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`${column('value')}::text, ${column('basis')}, ${column('suppressed')}, ${column('respondents')}`;
};

const extreme = (published: string, row: string) => sql`
  coalesce(${sql.ref(`${published}.value`)}, ${sql.ref(`${row}.value`)})::text,
  ${sql.ref(`${row}.suppressed`)}, ${sql.ref(`${row}.respondents`)},
  ${sql.ref(`${row}.subject_kind`)}, ${sql.ref(`${row}.subject_id`)}`;

/** Of a level: null throughout where there is no figure. */
type LevelCells = [
  value: Measured['value'],
  basis: Measured['basis'],
  suppressed: Measured['suppressed'],
  respondents: Measured['respondents'],
];

/** Of an extreme: without subject where the source published the value. */
type ExtremeCells = [
  value: Measured['value'],
  suppressed: Measured['suppressed'],
  respondents: Measured['respondents'],
  kind: SubjectKind | null,
  subject: string | null,
];

/** Département, région. */
export type NearCells = [LevelCells, LevelCells];

/** As one column: lists of cells, which cost less to send and to read than columns. */
export const NEAR_COLUMN: RawBuilder<{ near: NearCells }> = sql`
  json_build_array(json_build_array(${measured('departement')}), json_build_array(${measured('region')})) as near`;

/** What is the same for all local figures of a group: nation, lowest, highest, median. */
export interface Nationwide {
  group: string;
  nation: FigureRow | null;
  extremes: Around['extremes'];
  median: string | null;
}

type NationwideCells = [LevelCells, ExtremeCells, ExtremeCells, [Measured['value']]];

/** What the groups of local figures have nationwide, in one statement. */
export async function nationwideOf(
  db: Kysely<IndicatorsTables>,
  locals: readonly FigureRow[],
): Promise<Nationwide[]> {
  const { rows } = await sql<{ index: number; cells: NationwideCells }>`
    select f.index::integer - 1 as index,
           json_build_array(
             json_build_array(${measured('nation')}),
             json_build_array(${extreme('lowest', 'lowest_unit')}),
             json_build_array(${extreme('highest', 'highest_unit')}),
             json_build_array(coalesce(median.value,
               case when lowest.value is null and highest.value is null then s.median end)::text)) as cells
      from unnest(${groups(locals.map(groupOf))}) with ordinality
             as f (network_id, indicator_id, definition_version, period_grain, period_start, index)
      ${level('nation', sql`${sql.lit(NATION)}`)}
      left join indicators.spread s on ${alike('s')}
      ${statistic('lowest', 'LOWEST')} ${statistic('highest', 'HIGHEST')} ${statistic('median', 'MEDIAN')}
      ${unit('lowest_unit', 'lowest', 'lowest_subject_id')}
      ${unit('highest_unit', 'highest', 'highest_subject_id')}`.execute(db);
  return rows.flatMap(({ index, cells: [nation, lowest, highest, [median]] }) => {
    const local = locals[index];
    if (!local) return [];
    return {
      group: textOfGroup(groupOf(local)),
      nation: levelOf(local, NATION, nation),
      extremes: { LOWEST: extremeOf(local, lowest), HIGHEST: extremeOf(local, highest) },
      median,
    };
  });
}

/** What a local figure is compared to. */
export const aroundOf = (
  local: FigureRow,
  place: Place,
  [departement, region]: NearCells,
  { nation, extremes, median }: Nationwide,
): Around => ({
  levels: {
    DEPARTEMENT: levelOf(local, place.place_departement, departement),
    REGION: levelOf(local, place.place_region, region),
    NATIONAL: nation,
  },
  extremes,
  median,
});

function levelOf(
  local: FigureRow,
  territory: string | null,
  [value, basis, suppressed, respondents]: LevelCells,
): FigureRow | null {
  if (basis === null) return null;
  return figure(local, 'TERRITORY', territory, { value, basis, suppressed, respondents });
}

function extremeOf(
  local: FigureRow,
  [value, suppressed, respondents, kind, subject]: ExtremeCells,
): FigureRow | null {
  if (value === null && subject === null) return null;
  return figure(local, kind, subject, { value, basis: 'PUBLISHED', suppressed, respondents });
}

const figure = (
  local: FigureRow,
  subject_kind: SubjectKind | null,
  subject_id: string | null,
  measures: Measured,
): FigureRow =>
  sparse(
    {
      network_id: local.network_id,
      indicator_id: local.indicator_id,
      definition_version: local.definition_version,
      period_grain: local.period_grain,
      period_start: local.period_start,
      period_end: local.period_end,
      subject_kind,
      subject_id,
    },
    measures,
  );
