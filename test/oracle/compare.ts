import type { Duck } from './duck.ts';

/** How an answer of the hub differs from what the oracle found. */
export interface Difference {
  what: string;
  /** Side and row: « expected » is the oracle's. */
  side: 'expected' | 'answered';
  row: string;
}

/** Figures compared, and where they differ (the first ones of each kind). */
export interface Comparison {
  what: string;
  compared: number;
  differences: number;
  samples: Difference[];
}

const SAMPLES = 5;

/**
 * Compares two tables of one shape as sets of whole rows: a figure that is missing, one too many and one that differs
 * in anything all show.
 */
export async function compareTables(
  duck: Duck,
  what: string,
  expected: string,
  answered: string,
): Promise<Comparison> {
  await duck.run(`create or replace temporary table difference as
    select 'expected' as side, row_of::varchar as text from (select e as row_of from (${expected}) e except all select a from (${answered}) a)
    union all
    select 'answered', row_of::varchar from (select a as row_of from (${answered}) a except all select e from (${expected}) e)`);
  const [counts] = await duck.rows<{ compared: string; differences: string }>(
    `select (select count(*) from (${expected})) as compared, (select count(*) from difference) as differences`,
  );
  const found = await duck.rows<{ side: Difference['side']; text: string }>(
    `select side, text from difference order by text, side limit ${SAMPLES * 2}`,
  );
  return {
    what,
    compared: Number(counts?.compared ?? 0),
    differences: Number(counts?.differences ?? 0),
    samples: found.map(({ side, text }) => ({ what, side, row: text })),
  };
}

/** Rows that a query of mistakes finds; every row is one. */
export async function noneOf(duck: Duck, what: string, all: string, mistakes: string): Promise<Comparison> {
  const [counts] = await duck.rows<{ compared: string; differences: string }>(
    `select (select count(*) from (${all})) as compared, (select count(*) from (${mistakes})) as differences`,
  );
  const found = await duck.rows<object>(`select * from (${mistakes}) limit ${SAMPLES}`);
  return {
    what,
    compared: Number(counts?.compared ?? 0),
    differences: Number(counts?.differences ?? 0),
    samples: found.map((row) => ({ what, side: 'answered', row: JSON.stringify(row) })),
  };
}
