import type { Dimension } from '../statistics/dimension.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';

/** What of a filter is about a dimension. */
const OWN: Partial<Record<Dimension, readonly (keyof TestimonyFilter)[]>> = {
  MONTH: ['publishedFrom', 'publishedTo'],
  FEELING: ['feelings'],
  TAG: ['tags'],
  CHANNEL: ['channels'],
  PROCEDURE: ['procedure'],
  POSTED_AS: ['postedAs'],
  NETWORK: ['network'],
  STRUCTURE: ['structure'],
  SITE: ['site'],
  COMMUNE: ['territory'],
  DEPARTEMENT: ['territory'],
  REGION: ['territory'],
  USER_DEPARTEMENT: ['userTerritory'],
  USER_REGION: ['userTerritory'],
};

/** The filter without what it says of a dimension: the other values of a facet stay to be chosen. */
export function withoutOwn(filter: TestimonyFilter, dimension: Dimension): TestimonyFilter {
  const own = new Set<string>(OWN[dimension] ?? []);
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !own.has(name)));
}

/** Values of a dimension that a filter asks for. A period asks for none, even where it is one month. */
export function selectedValues(filter: TestimonyFilter, dimension: Dimension): string[] {
  if (dimension === 'MONTH') return [];
  return (OWN[dimension] ?? []).flatMap((name) => [filter[name]].flat()).filter((value) => isText(value));
}

const isText = (value: unknown): value is string => typeof value === 'string';
