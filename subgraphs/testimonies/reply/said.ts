import { refuse } from '../../../kernel/write/refused.ts';

/** Longest reply, and longest draft of an AI: characters. */
export const LONGEST_REPLY = 10_000;
/** Longest reason of a transfer or of changes asked for. */
export const LONGEST_REASON = 1000;

/**
 * A text of an agent, without the blanks around it.
 * @throws Refused REQUIRED when it says nothing, TOO_LONG
 */
export function said(value: string, name: string, longest: number): string {
  const text = value.trim();
  const path = ['input', name];
  if (text === '') refuse([{ code: 'REQUIRED', message: 'expected some words', path }]);
  if (text.length > longest) {
    refuse([{ code: 'TOO_LONG', message: `expected ${longest} characters at most`, path }]);
  }
  return text;
}
