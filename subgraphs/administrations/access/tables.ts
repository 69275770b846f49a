import type { Generated } from 'kysely';
import type { Part } from './access.ts';

/** How far the people of a territory are from the nearest site of a network. */
export interface AccessTable {
  network_id: string;
  territory_id: string;
  /** Empty: everybody; else those of a setting or of a density. */
  place: Part;
  population: string;
  median_m: number;
  p90_m: number;
  within_5_km: string;
  within_10_km: string;
  within_20_km: string;
}

/** What access was computed on. */
export interface AccessStateTable {
  only_row: Generated<boolean>;
  /** Latest publication of the journal of this subgraph then; -1 before the first time. */
  publication: string;
}
