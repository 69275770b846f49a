import { type RawBuilder, sql } from 'kysely';

/** Decimals kept of a computed figure. */
const FIGURE_DECIMALS = 6;

/**
 * Quotient rounded once, half away from zero, to `FIGURE_DECIMALS`. PostgreSQL stops a division after some
 * sixteen digits; the dividend is given thirty, so that the quotient is exact enough never to be rounded twice.
 */
export const quotient = (dividend: RawBuilder<unknown>, divisor: RawBuilder<unknown>): RawBuilder<string> =>
  sql`trim_scale(round((${dividend}) * 1.000000000000000000000000000000 / (${divisor}), ${sql.lit(FIGURE_DECIMALS)}))`;
