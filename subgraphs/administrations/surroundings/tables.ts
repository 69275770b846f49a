import type { Density, Setting } from '../../../kernel/surroundings.ts';

/** In what surroundings a current territory stands; see `surroundings/surroundings.ts`. */
export interface SurroundingsTable {
  territory_id: string;
  population_within_10_km: string | null;
  density: Density | null;
  setting: Setting | null;
}
