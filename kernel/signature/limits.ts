/** A request signed longer ago than this, or as much in the future, is refused. In milliseconds. */
export const MAX_AGE = 60_000;

/** No deadline is further from the signing than this, in milliseconds: nobody waits that long for an answer. */
export const MAX_BUDGET = 5 * 60_000;

/** Fewest characters of a secret. */
export const SECRET_LENGTH = 32;
