import { type RawBuilder, sql } from 'kysely';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Decision } from './decide.ts';
import { REASONS, type Reason } from './reasons.ts';

/** A decision that needs a reason. */
export interface Refusal extends Decision {
  reason: Reason;
  /** For the author and the other moderators; never public. */
  words?: string | null | undefined;
}

/** Longest words of a moderator, in characters. */
export const LONGEST_WORDS = 1000;

/**
 * What a refusal writes: the code, and the words, which are those of the charter when the moderator gives none.
 * @throws Refused for words that are missing or too long
 */
export function refusalOf({ reason, words }: Refusal, today: string): RawBuilder<unknown> {
  const said = words?.trim() ?? '';
  const path = ['input', 'words'];
  if (reason === 'OTHER' && said === '') {
    refuse([{ code: 'REQUIRED', message: 'Say which other reason it is.', path }]);
  }
  if (said.length > LONGEST_WORDS) {
    refuse([{ code: 'TOO_LONG', message: `${LONGEST_WORDS} characters at most.`, path }]);
  }
  return sql`published_on = null, decided_on = ${today}::date, rejection_code = ${reason},
    rejection_reason = ${said === '' ? REASONS[reason] : said}`;
}
