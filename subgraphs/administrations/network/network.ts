import type { PublicationLevel } from '../../../kernel/ids.ts';

/** A network of public services; dates are ISO days. */
export interface Network {
  id: string;
  code: string;
  name: string;
  ministryId: string | null;
  finestLevel: PublicationLevel;
  hasIvr: boolean;
  countsInTransparency: boolean;
  validFrom: string | null;
  validTo: string | null;
  successorId: string | null;
}

export interface Ministry {
  id: string;
  name: string;
}

/** A kind of place in the State directory, such as `caf` or `mairie`. */
export interface Pivot {
  code: string;
  label: string;
  networkId: string | null;
}

/** A kind of structure within a network. */
export interface Typology {
  id: string;
  name: string;
  networkId: string;
}

export const NETWORK_ORDERS = ['NAME_ASC', 'CODE_ASC'] as const;
export type NetworkOrder = (typeof NETWORK_ORDERS)[number];

/** What `networks` looks for; null means that it does not matter. */
export interface NetworkSearch {
  ids: string[] | null;
  ministry: string | null;
  finestLevel: PublicationLevel | null;
  search: string | null;
  includeClosed: boolean;
  order: NetworkOrder;
}
