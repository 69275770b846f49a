import { parsePeriod } from '../../../kernel/period.ts';
import type { Trained } from './coverage.query.ts';
import type { Units } from './units.query.ts';

/** Trained agents in a place, and the units of it that they work in. */
export type Coverage = Trained & Pick<Units, 'counted' | 'units'>;

/** Of the counts of each place and theme, those of the latest period: the one that ends last, the longest of those. */
export function latestOfEach(rows: readonly Trained[]): Trained[] {
  const latest = new Map<string, Trained>();
  for (const row of rows) {
    const key = `${row.parent} ${row.theme}`;
    const known = latest.get(key);
    if (known === undefined || isLater(row.period, known.period)) latest.set(key, row);
  }
  return [...latest.values()];
}

function isLater(one: string, other: string): boolean {
  const [a, b] = [parsePeriod(one), parsePeriod(other)];
  return a.end > b.end || (a.end === b.end && a.start < b.start);
}

/** The counts with their units. */
export function withUnits(rows: readonly Trained[], units: readonly Units[]): Coverage[] {
  const keyOf = ({ parent, theme, period }: Pick<Units, 'parent' | 'theme' | 'period'>) =>
    `${parent} ${theme} ${period}`;
  const known = new Map(units.map((found) => [keyOf(found), found]));
  return rows.map((row) => {
    const found = known.get(keyOf(row));
    return { ...row, counted: found?.counted ?? 0, units: found?.units ?? 0 };
  });
}
