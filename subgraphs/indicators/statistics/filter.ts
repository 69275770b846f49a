import type { Period } from '../../../kernel/period.ts';
import type { Density, Setting } from '../../../kernel/surroundings.ts';

/** Which results are grouped; null is any. Every condition given must hold. */
export interface ResultFilter {
  networks: readonly string[] | null;
  indicators: readonly string[] | null;
  period: Period | null;
  /** Results whose period begins with this one or later, and ends with the other or before. */
  from: Period | null;
  to: Period | null;
  /** A région, a département or a commune where the unit stands; null and the nation hold everything. */
  territory: string | null;
  setting: Setting | null;
  density: Density | null;
}
