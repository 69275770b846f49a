import type { TerritoryLevel } from '../../../kernel/ids.ts';

/** A territory as the graph shows it; dates are ISO days, coordinates degrees. */
export interface Territory {
  id: string;
  level: TerritoryLevel;
  code: string;
  name: string;
  parentId: string | null;
  population: number | null;
  postalCodes: string[];
  latitude: number | null;
  longitude: number | null;
  centerMethod: 'TOWN_HALL' | 'PLACE' | 'NEIGHBOURS' | null;
  isArrondissement: boolean;
  validFrom: string | null;
  validTo: string | null;
  mergedInto: string | null;
  isCurrent: boolean;
  vintage: number;
}

export const TERRITORY_ORDERS = ['NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'POPULATION_DESC'] as const;
export type TerritoryOrder = (typeof TERRITORY_ORDERS)[number];

/** What `territories` looks for; null means that it does not matter. */
export interface TerritorySearch {
  /** Part of a name, a postal code or an INSEE code, former ones included. */
  search: string | null;
  level: TerritoryLevel | null;
  postalCode: string | null;
  parent: string | null;
  includeMerged: boolean;
  order: TerritoryOrder | null;
}
