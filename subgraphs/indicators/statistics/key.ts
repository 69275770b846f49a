import { foreignCursor } from '../../../kernel/graphql/connection.ts';
import type { Dimension } from './dimension.ts';
import type { GroupRow } from './group.row.ts';

/** What every group has one of. */
export const MEASURED = [
  'network_id',
  'indicator_id',
  'period_start',
  'period_grain',
  'definition_version',
] as const;

export const PLACE_COLUMNS = ['region_id', 'departement_id', 'setting', 'leaf', 'typology_id'] as const;
type PlaceColumn = (typeof PLACE_COLUMNS)[number];

/** The columns of the place of a unit that a dimension cuts by. */
const CUTS: Partial<Record<Dimension, readonly PlaceColumn[]>> = {
  REGION: ['region_id'],
  DEPARTEMENT: ['region_id', 'departement_id'],
  SETTING: ['setting'],
  DENSITY: ['setting', 'leaf'],
  TYPOLOGY: ['typology_id'],
};

export function placeColumns(groupBy: readonly Dimension[]): PlaceColumn[] {
  const asked = new Set(groupBy.flatMap((dimension) => CUTS[dimension] ?? []));
  return PLACE_COLUMNS.filter((column) => asked.has(column));
}

/** What is not known comes after what is. */
export const UNKNOWN = '~';

/** The key of a group in its list: texts, in the order of the list. */
export const keyOf = (row: GroupRow, groupBy: readonly Dimension[]): string[] => [
  ...MEASURED.map((column) => String(row[column])),
  ...placeColumns(groupBy).map((column) => row[column] ?? UNKNOWN),
];

const FORMS = [/./, /./, /^[1-9]\d{3}-(0[1-9]|1[0-2])-01$/, /./, /^\d{1,9}$/];

/** The key that a cursor holds; a seal keeps mistakes out, not forgery: what the database could not read is refused. */
export function keyIn(
  cursor: readonly (string | null)[] | null,
  groupBy: readonly Dimension[],
): readonly string[] | null {
  if (cursor === null) return null;
  const key = cursor.map((part) => part ?? '');
  const length = MEASURED.length + placeColumns(groupBy).length;
  if (key.length !== length || !key.every((part, index) => (FORMS[index] ?? /./).test(part)))
    throw foreignCursor();
  return key;
}
