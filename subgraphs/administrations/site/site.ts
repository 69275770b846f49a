import type {
  Address,
  ContactPoint,
  MediatorRow,
  OpeningPeriodRow,
  SupportOfferRow,
} from '../contact-shapes.ts';

export const SITE_RELATIONS = ['LOCATED', 'SERVES', 'NEAREST'] as const;
export type SiteRelation = (typeof SITE_RELATIONS)[number];

export const SERVICE_KINDS = ['COMPETENT', 'NEAREST', 'LOCATED'] as const;

/** How a site relates to the place that its list was made for. */
export interface ServiceRelation {
  kind: (typeof SERVICE_KINDS)[number];
  /** Great-circle kilometres with three decimals; null when one of the two positions is unknown. */
  distanceKm: string | null;
}

/** A place of reception; dates are ISO days, coordinates degrees. */
export interface Site {
  id: string;
  name: string;
  pivot: string;
  pivots: string[];
  networkId: string | null;
  /** Null abroad. */
  sourceCommuneCode: string | null;
  communeId: string | null;
  departementId: string | null;
  regionId: string | null;
  latitude: number | null;
  longitude: number | null;
  validFrom: string | null;
  validTo: string | null;
  /** Set when the list was made for a place. */
  service?: ServiceRelation;
}

export const SITE_ORDERS = ['NAME_ASC', 'NAME_DESC', 'DISTANCE_ASC'] as const;
export type SiteOrder = (typeof SITE_ORDERS)[number];

/** Which sites; null means that it does not matter. */
export interface SiteCriteria {
  networks: string[] | null;
  pivots: string[] | null;
  structures: string[] | null;
  search: string | null;
  accessible: boolean | null;
  includeClosed: boolean;
  within: string | null;
}

/** A position, in degrees, to measure from; `key` tells it from the others of its batch. */
export interface Position {
  key: string;
  latitude: number;
  longitude: number;
}

/** How to reach a site: what the State directory says, completed by what its network says. */
export interface SiteDetail {
  siteId: string;
  address: Address | null;
  postalAddress: Address | null;
  directions: string | null;
  phones: ContactPoint[];
  emails: ContactPoint[];
  websites: ContactPoint[];
  opening: OpeningPeriodRow[];
  openingNote: string | null;
  mediators: MediatorRow[];
  support: SupportOfferRow[];
  accessibility: 'ACCESSIBLE' | 'ON_REQUEST' | 'NOT_ACCESSIBLE' | null;
  accessibilityNote: string | null;
  information: string | null;
  siren: string | null;
  siret: string | null;
  modifiedOn: string | null;
  /** Who maintains the record within the directory. */
  maintainer: string | null;
  importId: string;
  importRow: number | null;
  /** The run that brought what the network adds. */
  contactImportId: string | null;
  contactImportRow: number | null;
}
