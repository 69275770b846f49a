import type { PublicationLevel } from '../../../kernel/ids.ts';

export const COMMUNE_MATCHES = ['EXACT', 'AMBIGUOUS', 'NONE'] as const;

/** An organisational unit of a network; dates are ISO days. */
export interface Structure {
  id: string;
  code: string;
  name: string;
  description: string | null;
  networkId: string;
  typologyId: string | null;
  parentId: string | null;
  level: PublicationLevel;
  communeId: string | null;
  departementId: string | null;
  regionId: string | null;
  postalCode: string | null;
  city: string | null;
  communeMatch: (typeof COMMUNE_MATCHES)[number] | null;
  validFrom: string | null;
  validTo: string | null;
  importId: string;
  importRow: number | null;
}

export const LINK_CONFIDENCES = ['CERTAIN', 'PROBABLE', 'POSSIBLE'] as const;

/** A structure as the reviewed table joins it to a site. */
export interface StructureLink extends Structure {
  siteId: string;
  method: string;
  confidence: (typeof LINK_CONFIDENCES)[number];
  linkedFrom: string | null;
}

export const STRUCTURE_ORDERS = ['NAME_ASC', 'CODE_ASC'] as const;
export type StructureOrder = (typeof STRUCTURE_ORDERS)[number];

/** What a list of structures holds; null means that it does not matter. */
export interface StructureCriteria {
  typology: string | null;
  level: PublicationLevel | null;
  parent: string | null;
  /** Only those without a parent. */
  rootsOnly: boolean;
  within: string | null;
  search: string | null;
  includeClosed: boolean;
  order: StructureOrder;
}
