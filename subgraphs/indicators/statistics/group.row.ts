import type { Decimal } from '../../../kernel/decimal.ts';
import type { PublicationLevel } from '../../../kernel/ids.ts';
import type { Setting } from '../../../kernel/surroundings.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import type { Formula, Unit } from '../tables.ts';

/**
 * Results that have something in common, of one network, indicator, definition and period, and what they add up to. Its
 * figure is of no subject; `publishing` and `expected` are null where no coverage is stored for such a place.
 */
export interface GroupRow extends FigureRow {
  definition_version: number;
  unit: Unit;
  formula: Formula | null;
  /** Of which level the results are. */
  unit_level: PublicationLevel;
  /** Where the units stand; null where that is not asked, or not known. */
  region_id: string | null;
  departement_id: string | null;
  setting: Setting | null;
  /** A density, or OVERSEAS. */
  leaf: string | null;
  typology_id: string | null;
  /** Results that are shown: everything here is made of these. */
  results: number;
  /** Results that are withheld, and left out. */
  withheld: number;
  /** Null where every result is withheld, as all that follows. */
  lowest: Decimal | null;
  highest: Decimal | null;
  lower_quartile: Decimal | null;
  upper_quartile: Decimal | null;
  deciles: Decimal[] | null;
  gap_to_previous: Decimal | null;
}
