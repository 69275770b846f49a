import { type RawBuilder, sql } from 'kysely';

/** Mean radius of the Earth, IUGG. */
const RADIUS_KM = 6371.0088;

interface SqlPoint {
  latitude: RawBuilder<unknown>;
  longitude: RawBuilder<unknown>;
}

/**
 * Great-circle distance (haversine) in kilometres, rounded to three decimals: a `numeric`, null when a position
 * is unknown (`least` alone would skip the null and give half the globe).
 */
export function kilometres(from: SqlPoint, to: SqlPoint): RawBuilder<string> {
  const half = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`sin(radians(${a} - ${b}) / 2) ^ 2`;
  const chord = sql`${half(to.latitude, from.latitude)} + cos(radians(${from.latitude}))
    * cos(radians(${to.latitude})) * ${half(to.longitude, from.longitude)}`;
  return sql`case when ${from.latitude} is not null and ${to.latitude} is not null
    then round((${sql.lit(2 * RADIUS_KM)} * asin(sqrt(least(1, ${chord}))))::numeric, 3) end`;
}

/**
 * Whether a point stands in a box of degrees that holds everything within `km` (a double precision) of another,
 * a little larger for rounding: rough, but an index answers it. Near a pole, or beyond a quarter of the globe,
 * the box takes every longitude; the same box seen from the other side of the date line counts too.
 */
export function isRoughlyWithin(
  subject: SqlPoint,
  { latitude, longitude }: SqlPoint,
  km: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const angle = sql`((${km} + 0.001) / ${sql.lit(RADIUS_KM)})`;
  const high = sql`degrees(${angle})`;
  const wide = sql`case
    when ${angle} >= radians(89.9 - abs(${latitude})) then 360
    else degrees(asin(sin(${angle}) / cos(radians(${latitude})))) end`;
  const box = (shift: RawBuilder<unknown>) => sql`box(
    point(${longitude} + ${shift} - (${wide}), ${latitude} - ${high}),
    point(${longitude} + ${shift} + (${wide}), ${latitude} + ${high}))`;
  const point = sql`point(${subject.longitude}, ${subject.latitude})`;
  const otherSide = sql`case when ${longitude} > 0 then -360 else 360 end`;
  return sql`(${point} <@ ${box(sql`0`)} or ${point} <@ ${box(otherSide)})`;
}
