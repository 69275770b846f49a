import pg from 'pg';

const asText = (value: string) => value;
/** text[], whose own parser splits any array into strings; the published enumeration of types omits it. */
const TEXT_ARRAY: number = 1009;
const textArray = pg.types.getTypeParser(TEXT_ARRAY);

/** PostgreSQL types that reach TypeScript exactly as the server writes them. */
const TEXT_TYPES = {
  date: 1082, // pg makes a Date at local midnight: the day before in UTC, seen from Paris
  timestamp: 1114, // without time zone: no instant can be made of it
  interval: 1186,
  int8: 20, // beyond 2^53 a number lies
  numeric: 1700, // figures are decimals, never floats
};
const TEXT_ARRAY_TYPES = { date: 1182, timestamp: 1115, interval: 1187, int8: 1016, numeric: 1231 };

/**
 * How values come back: `date`, `timestamp`, `interval`, `int8`, `numeric` and arrays of them as strings,
 * `timestamptz` as Date, `int2`/`int4`/`float8` as numbers, ranges as text. A `jsonb` holding a numeric goes
 * through JSON.parse and becomes a float: cast it to text in the query where exactness counts.
 */
export const valueTypes = new pg.TypeOverrides(pg.types);
for (const oid of Object.values(TEXT_TYPES)) valueTypes.setTypeParser(oid, asText);
for (const oid of Object.values(TEXT_ARRAY_TYPES)) valueTypes.setTypeParser(oid, textArray);
