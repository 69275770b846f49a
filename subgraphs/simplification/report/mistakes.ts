import { cleanText } from '../../../kernel/text.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import type { LockedReport } from './work.query.ts';

export type Optional<T> = T | null | undefined;

/** A mistake at a place of the input. */
export const mistake = (code: string, message: string, ...path: string[]): UserError => ({
  code,
  message,
  path: ['input', ...path],
});

/**
 * A text of the input, without the blanks around it, and what is wrong with it.
 * @param most characters
 */
export function textIn(
  value: Optional<string>,
  name: string,
  most: number,
): { text: string | null; mistakes: UserError[] } {
  const text = cleanText(value ?? '', name).trim() || null;
  const tooLong = (text?.length ?? 0) > most;
  return {
    text,
    mistakes: tooLong ? [mistake('TOO_LONG', `Expected ${most} characters at most.`, name)] : [],
  };
}

/** The same of a text that is needed. */
export function neededText(
  value: Optional<string>,
  name: string,
  most: number,
): { text: string; mistakes: UserError[] } {
  const { text, mistakes } = textIn(value, name, most);
  return text === null
    ? { text: '', mistakes: [mistake('REQUIRED', 'Expected a text.', name)] }
    : { text, mistakes };
}

/** The day of a step: today when none is given. Steps come one after the other, and none in the future. */
export function dayOfStep(
  report: LockedReport,
  on: Optional<string>,
): { day: string; mistakes: UserError[] } {
  const day = on ?? report.today;
  const last = lastDay(report);
  // Received late in the evening, in one clock or the other: what follows today follows.
  if (on === null || on === undefined) return { day: day < last ? last : day, mistakes: [] };
  return { day, mistakes: dayMistakes(day, last, report.today) };
}

function dayMistakes(day: string, last: string, today: string): UserError[] {
  if (day > today) return [mistake('FUTURE_DATE', 'Expected a day that has come.', 'on')];
  if (day < last)
    return [mistake('TOO_EARLY', `Expected ${last} or later: the day of the step before.`, 'on')];
  return [];
}

/** The day of the last step that was reached. */
function lastDay(report: LockedReport): string {
  const { received_on, triaged_on, rewritten_on, tested_on, disseminated_on, declined_on } = report;
  const days = [received_on, triaged_on, rewritten_on, tested_on, disseminated_on, declined_on];
  return days.filter((day) => day !== null).reduce((last, day) => (day > last ? day : last));
}
