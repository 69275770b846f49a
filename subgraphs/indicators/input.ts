import { badInput } from '../../kernel/errors.ts';
import type { TerritoryLevel } from '../../kernel/ids.ts';
import { type Period, parsePeriod } from '../../kernel/period.ts';
import { cleanText } from '../../kernel/text.ts';
import type { FigureLevel } from './tables.ts';

/** What GraphQL gives for an argument that may be left out. */
export type Optional<T> = T | null | undefined;

/** Longest id, label or cursor that makes sense; a longer one is refused before any work. */
const LONGEST = 200;

/** A text argument; BAD_USER_INPUT when it is too long or holds control characters. */
export function textOf(value: string, name: string, longest = LONGEST): string {
  if (value.length > longest) throw badInput(`"${name}" may hold ${longest} characters at most.`);
  return cleanText(value, name);
}

/** A text that says something, without the blanks around it. */
export function saidText(value: string, name: string, longest = LONGEST): string {
  const text = textOf(value, name, longest).trim();
  if (text === '') throw badInput(`"${name}" must not be empty.`);
  return text;
}

/** As `textOf`, null when omitted. */
export function optionalText(value: Optional<string>, name: string, longest = LONGEST): string | null {
  return value === null || value === undefined ? null : textOf(value, name, longest);
}

/** A list of at most 200 texts, without doubles; null when omitted. An empty list selects nothing. */
export function optionalTexts(values: Optional<readonly string[]>, name: string): string[] | null {
  if (values === null || values === undefined) return null;
  if (values.length > LONGEST) throw badInput(`"${name}" may hold ${LONGEST} items at most.`);
  return [...new Set(values.map((value) => textOf(value, name)))];
}

/** A period, null when omitted; BAD_USER_INPUT when it is none. */
export function optionalPeriod(value: Optional<string>): Period | null {
  return value === null || value === undefined ? null : parsePeriod(value);
}

/** A whole year, null when omitted: what is counted by year knows no other period. */
export function optionalYear(value: Optional<string>): number | null {
  const period = optionalPeriod(value);
  if (period !== null && period.grain !== 'YEAR') throw badInput('"period" must be a year here, as 2023.');
  return period === null ? null : Number(period.label);
}

/** A level at which figures exist. */
export function figureLevel(level: TerritoryLevel): FigureLevel {
  if (level === 'COMMUNE')
    throw badInput('"level" must be DEPARTEMENT, REGION or NATIONAL: see the sites of a commune.');
  return level;
}
