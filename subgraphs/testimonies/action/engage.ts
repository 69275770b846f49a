import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { LockedConcern } from '../reply/concern-lock.query.ts';
import { type ConcernInput, onConcern } from '../reply/on-concern.ts';
import { said } from '../reply/said.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { engagedBy, saveEngaged, showEngaged } from './engaged.query.ts';
import { saveLink } from './link.query.ts';
import { readTarget } from './target.ts';

export interface EngageActionInput extends ConcernInput {
  on: string;
  words: string;
  plan?: string | null | undefined;
}

/** Longest words about an action. */
const LONGEST_WORDS = 2000;

/**
 * A structure says what it does about a testimony, or says it anew: the testimony bears « Action engagée » at once.
 * @param today ISO date
 * @throws HubError as `onConcern`
 */
export const engageAction = (
  writing: Writing<TestimoniesDatabase>,
  input: EngageActionInput,
  today: string,
): Promise<Written> =>
  onConcern(
    writing,
    { name: 'engageAction', step: null, action: 'ACTION_ENGAGED' },
    input,
    async (trx, concern) => {
      demandDay(concern, input.on, today);
      const words = said(input.words, 'words', LONGEST_WORDS);
      const plan = input.plan == null ? null : readTarget(input.plan, 'plan', ['PLAN']);
      const former = await engagedBy(trx, concern);
      await saveEngaged(trx, concern, { on: input.on, words, plan });
      await showEngaged(trx, concern, former?.on ?? null);
      if (former?.plan != null && former.plan !== plan) {
        await saveLink(trx, concern.testimony_id, { target: former.plan, linked: false });
      }
      if (plan !== null) await saveLink(trx, concern.testimony_id, { target: plan, linked: true });
      return { told: { on: input.on, plan } };
    },
  );

/** What has been done was done after the testimony, and not tomorrow; what was handed on is done by others. */
function demandDay({ status, written_on: writtenOn }: LockedConcern, on: string, today: string): void {
  if (status === 'TRANSFERRED') {
    refuse([
      {
        code: 'HANDED_ON',
        message: 'this was handed on: the structure that took it over acts',
        path: ['input', 'id'],
      },
    ]);
  }
  if (writtenOn <= on && on <= today) return;
  refuse([
    {
      code: 'OUT_OF_RANGE',
      message: `expected a day between ${writtenOn} and ${today}`,
      path: ['input', 'on'],
    },
  ]);
}
