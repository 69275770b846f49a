import { refuse, type UserError } from '../../../kernel/write/refused.ts';

type Optional<T> = T | null | undefined;

/** Collects what is wrong with the input of a command, so that one answer tells all of it. */
export class Mistakes {
  readonly #found: UserError[] = [];

  /** @param at path below `input` */
  add(code: string, message: string, ...at: readonly (string | number)[]): void {
    this.#found.push({ code, message, path: ['input', ...at.map(String)] });
  }

  /** A text without the blanks around it, null when it says nothing; at most `max` characters. */
  text(value: Optional<string>, max: number, ...at: readonly (string | number)[]): string | null {
    const text = value?.trim() ?? '';
    if (text.length > max) this.add('TOO_LONG', `Expected ${max} characters at most.`, ...at);
    return text === '' ? null : text;
  }

  /** As `text`, of which there must be some. */
  saidText(value: Optional<string>, max: number, ...at: readonly (string | number)[]): string {
    const text = this.text(value, max, ...at);
    if (text === null) this.add('REQUIRED', 'Expected a text.', ...at);
    return text ?? '';
  }

  /** A day of what has happened: not after today. */
  pastDay(value: Optional<string>, today: string, ...at: readonly (string | number)[]): string | null {
    if (value && value > today) this.add('IN_THE_FUTURE', `Expected a day until ${today}.`, ...at);
    return value ?? null;
  }

  /** Two days that follow each other. */
  order(first: Optional<string>, second: Optional<string>, ...at: readonly (string | number)[]): void {
    if (first && second && second < first)
      this.add('OUT_OF_RANGE', `Expected a day from ${first} on.`, ...at);
  }

  /** At most so many ids of a shape, without doubles. */
  ids(
    values: Optional<readonly string[]>,
    shape: RegExp,
    expected: string,
    ...at: readonly (string | number)[]
  ): string[] {
    const given = [...new Set(values ?? [])];
    if (given.length > MOST_IDS) this.add('TOO_MANY', `Expected ${MOST_IDS} ids at most.`, ...at);
    given.forEach((id, rank) => {
      if (!shape.test(id)) this.add('BAD_ID', `Expected ${expected}.`, ...at, rank);
    });
    return given;
  }

  /** Ends the command when there are mistakes. */
  refuse(): void {
    refuse(this.#found);
  }
}

/** Longest list of links of one fact. */
const MOST_IDS = 50;

/** Today in Paris, as an ISO date. */
export const today = (): string => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });

/** Whether what has these days was due before `asOf` and not done by then; what is given up is not. */
export const isOverdue = (
  status: string,
  dueOn: string | null,
  doneOn: string | null,
  asOf: string,
): boolean => status !== 'ABANDONED' && dueOn !== null && dueOn < asOf && (doneOn === null || doneOn > asOf);
