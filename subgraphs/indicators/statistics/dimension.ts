import { badInput } from '../../../kernel/errors.ts';
import type { ResultFilter } from './filter.ts';

/** What results can be grouped by, with its meaning. */
export const DIMENSIONS = {
  NETWORK: 'The network.',
  INDICATOR: 'The indicator; each version of its definition is a group of its own.',
  PERIOD: 'The period, whatever its length: a year, and its quarters beside it.',
  YEAR: 'The year, of results for whole years only: quarters are never added up to a year.',
  REGION: 'Région where the unit stands.',
  DEPARTEMENT: 'Département where the unit stands, with its région.',
  SETTING: 'Rural, urban or overseas.',
  DENSITY: 'Density of the place, overseas apart.',
  TYPOLOGY: 'Kind of the structure, or of that of the site.',
} as const;

export type Dimension = keyof typeof DIMENSIONS;

/** What must be one in every group, and how a filter says so. */
const NEVER_MIXED = [
  { dimensions: ['NETWORK'], one: 'networks', isOne: ({ networks }: ResultFilter) => networks?.length === 1 },
  {
    dimensions: ['INDICATOR'],
    one: 'indicators',
    isOne: ({ indicators }: ResultFilter) => indicators?.length === 1,
  },
  {
    dimensions: ['PERIOD', 'YEAR'],
    one: 'period',
    isOne: ({ period }: ResultFilter) => period !== null,
  },
] as const;

/**
 * `groupBy` once checked against the filter.
 *
 * @throws BAD_USER_INPUT for a dimension that comes twice, for groups that would mix networks, indicators or periods,
 *   and for a filter that leaves every result of every network to be read
 */
export function readDimensions(dimensions: readonly Dimension[], filter: ResultFilter): Dimension[] {
  const asked = new Set(dimensions);
  if (asked.size !== dimensions.length) throw badInput('"groupBy" takes different dimensions.');
  if (asked.has('PERIOD') && asked.has('YEAR')) throw badInput('"groupBy" takes PERIOD or YEAR, not both.');
  for (const { dimensions: needed, one, isOne } of NEVER_MIXED) {
    if (needed.some((dimension) => asked.has(dimension)) || isOne(filter)) continue;
    throw badInput(
      `Group by ${needed.join(' or ')}, or give one in "filter.${one}": results of several are never put together.`,
    );
  }
  if (filter.networks === null && filter.indicators === null) {
    throw badInput('Give "filter.networks" or "filter.indicators": the whole set is for the exports.');
  }
  return [...asked];
}
