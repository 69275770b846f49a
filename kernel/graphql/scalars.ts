import { GraphQLScalarType } from 'graphql';
import { badInput } from '../errors.ts';

/** The first and the last day that every part of the hub can write, in ISO 8601 and in PostgreSQL alike. */
const YEARS = /^(?!0000)\d{4}-/;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What a moment is as ISO 8601 in UTC; null for none, or for one outside of the years 1 to 9999. */
function isoOf(text: string): string | null {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return null;
  const iso = moment.toISOString();
  return YEARS.test(iso) ? iso : null;
}

export const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, ISO 8601: 2023-10-30.',
  serialize: (value) => String(value),
  parseValue: (value) => {
    const valid = typeof value === 'string' && DAY.test(value);
    // JavaScript takes the 30th of February for a day of March.
    if (!valid || isoOf(`${value}T00:00:00Z`)?.slice(0, 10) !== value) {
      throw badInput('Expected a day as 2023-10-30.');
    }
    return value;
  },
});

export const dateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'A moment, ISO 8601 in UTC: 2023-10-30T08:15:00.000Z.',
  serialize: (value) => new Date(value as string | Date).toISOString(),
  parseValue: (value) => {
    const iso = typeof value === 'string' && MOMENT.test(value) ? isoOf(value) : null;
    if (iso === null) throw badInput('Expected a moment as 2023-10-30T08:15:00Z.');
    return iso;
  },
});

export const urlScalar = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'An absolute address of the web.',
  serialize: (value) => String(value),
  parseValue: (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) throw badInput('Expected an absolute URL.');
    return value;
  },
});

/** The scalars of the hub, by name: what subgraphs read of a value, the gateway reads before it asks them. */
export const SCALARS = [dateScalar, dateTimeScalar, urlScalar] as const;
