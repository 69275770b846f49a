import { badInput } from '../../../kernel/errors.ts';
import { numberBetween, type Optional, searchOf, textOf, textsOf } from '../input.ts';
import type { SiteCriteria, SiteOrder, SiteRelation } from './site.ts';

/** `SiteFilter` as GraphQL gives it. */
export interface SiteFilterInput {
  networks?: Optional<readonly string[]>;
  pivots?: Optional<readonly string[]>;
  structures?: Optional<readonly string[]>;
  search?: Optional<string>;
  accessible?: Optional<boolean>;
  includeClosed?: Optional<boolean>;
  relation?: Optional<SiteRelation>;
  withinKm?: Optional<number>;
}

/** `near` as GraphQL gives it. */
export interface NearInput {
  latitude: number;
  longitude: number;
  radiusKm?: Optional<number>;
}

/** Beyond it a list is no longer about a neighbourhood. */
const FARTHEST_KM = 500;
const USUAL_KM = 20;

/** What the sites of a list must satisfy, checked. */
export function criteriaOf(filter: SiteFilterInput, within: Optional<string> = null): SiteCriteria {
  return {
    networks: textsOf(filter.networks, 'networks'),
    pivots: textsOf(filter.pivots, 'pivots'),
    structures: textsOf(filter.structures, 'structures'),
    search: searchOf(filter.search),
    accessible: filter.accessible ?? null,
    includeClosed: filter.includeClosed ?? false,
    within: textOf(within, 'within'),
  };
}

/** `withinKm`, null when omitted. */
export const withinKmOf = (filter: SiteFilterInput) =>
  numberBetween(filter.withinKm, 'withinKm', [0, FARTHEST_KM]);

/** The position and radius of `near`, checked; the filter's `withinKm` can only narrow it. */
export function nearOf({ latitude, longitude, radiusKm }: NearInput, filter: SiteFilterInput) {
  numberBetween(latitude, 'latitude', [-90, 90]);
  numberBetween(longitude, 'longitude', [-180, 180]);
  const radius = numberBetween(radiusKm, 'radiusKm', [0, FARTHEST_KM]) ?? USUAL_KM;
  const position = { latitude: toCentimetre(latitude), longitude: toCentimetre(longitude) };
  return {
    position: { key: `${position.latitude},${position.longitude}`, ...position },
    radiusKm: Math.min(radius, withinKmOf(filter) ?? radius),
  };
}

/** Seven decimals of a degree; the square of a tinier number is an underflow to PostgreSQL. */
const toCentimetre = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** A list without distances is ordered by name; asking it for distances is a mistake worth telling. */
export function isDescending(orderBy: Optional<SiteOrder>, filter: SiteFilterInput): boolean {
  if (orderBy === 'DISTANCE_ASC' || withinKmOf(filter) !== null) {
    throw badInput('Distances need "near", or a relation SERVES or NEAREST to a commune.');
  }
  return orderBy === 'NAME_DESC';
}

/** A relation is to a territory: lists made for none know only where sites stand. */
export function refuseRelation(filter: SiteFilterInput): void {
  if (filter.relation === 'SERVES' || filter.relation === 'NEAREST') {
    throw badInput(`A relation ${filter.relation} is to a territory: ask it of "Territory.sites".`);
  }
}

/** Lists around a place come nearest first. */
export function refuseNames(orderBy: Optional<SiteOrder>): void {
  if (orderBy === 'NAME_ASC' || orderBy === 'NAME_DESC') {
    throw badInput('Sites around a place come nearest first: leave "orderBy" out, or DISTANCE_ASC.');
  }
}
