import { periodOf } from '../../../kernel/period.ts';

/**
 * The half-years without a session, oldest first: from the first one that had a session to the last one that was
 * over before `asOf`. One that is under way may still have its session.
 *
 * @param held half-years that had one, `2024-S1`, in any order
 * @param asOf ISO day
 */
export function missingHalfYears(held: readonly string[], asOf: string): string[] {
  const had = new Set(held);
  const first = [...had].sort()[0];
  const missing: string[] = [];
  const last = periodOf('SEMESTER', asOf).label;
  for (let each = first; each !== undefined && each < last; each = nextHalfYear(each)) {
    if (!had.has(each)) missing.push(each);
  }
  return missing;
}

const nextHalfYear = (label: string) =>
  label.endsWith('-S1') ? label.replace('-S1', '-S2') : `${Number(label.slice(0, 4)) + 1}-S1`;
