import { parsePeriod } from '../../../kernel/period.ts';
import type { Coverage } from './coverage.query.ts';

/** Of the coverages of each theme, that of the latest period: the one that ends last, the longest of those. */
export function latestOfEachTheme<Row extends Pick<Coverage, 'theme' | 'period'>>(
  rows: readonly Row[],
): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const known = latest.get(row.theme);
    if (known === undefined || isLater(row.period, known.period)) latest.set(row.theme, row);
  }
  return [...latest.values()];
}

function isLater(one: string, other: string): boolean {
  const [a, b] = [parsePeriod(one), parsePeriod(other)];
  return a.end > b.end || (a.end === b.end && a.start < b.start);
}
