/** A mistake in what was sent, for the person who sent it. */
export interface UserError {
  /** Stable, upper case: `OUT_OF_RANGE`. */
  code: string;
  message: string;
  /** Where in the input: `['input', 'rows', '3', 'value']`. */
  path: readonly string[];
}

/** Ends a command whose input has mistakes: its transaction leaves nothing, its payload tells them. */
export class Refused extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ code }) => code).join(', '));
    this.userErrors = userErrors;
  }
}

/** Ends the command when there are mistakes. */
export function refuse(userErrors: readonly UserError[]): void {
  if (userErrors.length > 0) throw new Refused(userErrors);
}

/** What a command came to: done, or refused with the reasons. */
export type Outcome<T> =
  | { done: T; userErrors: readonly [] }
  | { done: null; userErrors: readonly UserError[] };
