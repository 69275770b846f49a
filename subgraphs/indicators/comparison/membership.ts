import { NATION } from '../../../kernel/ids.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import type { Place } from './local.query.ts';

/**
 * What is known of the answers behind a local figure and those behind the figure of a territory around it: the same, or a
 * part of them. UNKNOWN is everything else: some, all or none of them may be in the other.
 */
export type Membership = 'SAME' | 'PART' | 'UNKNOWN';

/** Where a structure stands, and the territory that it answers for as a whole, null where that is smaller than one. */
export interface Spot {
  place_departement: string | null;
  place_region: string | null;
  answers_for: string | null;
}

/**
 * A computed figure is made of the units that stand in its territory, and of nothing else. What a source published for a
 * territory may be made of anything: a survey of its own, or all that it asked, of which units are no more than a sample.
 *
 * @param whole of the group of the local figure: same network, indicator, definition and period
 * @param spotOf reads where a structure stands: a site may show the result of one that stands elsewhere
 */
export async function membershipOf(
  local: FigureRow,
  whole: FigureRow,
  place: Pick<Place, 'place_departement' | 'place_region'>,
  spotOf: (structure: string) => Promise<Spot | null>,
): Promise<Membership> {
  if (whole.basis === 'PUBLISHED') return (await isSource(local, whole, spotOf)) ? 'SAME' : 'UNKNOWN';
  // The territories of a place lie within each other.
  if (local.subject_kind === 'TERRITORY') return local.basis === 'PUBLISHED' ? 'UNKNOWN' : 'PART';
  if (!local.is_unit) return 'UNKNOWN';
  if (whole.subject_id === NATION) return 'PART';
  const spot = isOfStructure(local) ? await spotOf(local.subject_id) : place;
  return spot !== null && standsIn(spot, whole.subject_id) ? 'PART' : 'UNKNOWN';
}

/** Whether a published figure is the local one: that of the same territory, or of the structure that answers for it. */
async function isSource(
  local: FigureRow,
  whole: FigureRow,
  spotOf: (structure: string) => Promise<Spot | null>,
): Promise<boolean> {
  if (local.subject_kind === 'TERRITORY') return local.subject_id === whole.subject_id;
  if (!isOfStructure(local) || !isSameRow(local, whole)) return false;
  return (await spotOf(local.subject_id))?.answers_for === whole.subject_id;
}

const isOfStructure = (row: FigureRow): row is FigureRow & { subject_id: string } =>
  row.subject_kind === 'STRUCTURE' && row.subject_id !== null;

const isSameRow = (one: FigureRow, other: FigureRow) =>
  one.import_id === other.import_id && one.import_row === other.import_row;

const standsIn = (
  { place_departement, place_region }: Pick<Place, 'place_departement' | 'place_region'>,
  territory: string | null,
) => territory !== null && (territory === place_departement || territory === place_region);
