import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type ConcernInput, onConcern } from './on-concern.ts';
import { datedReply, saveText, similarityOf } from './reply-text.query.ts';
import { LONGEST_REASON, LONGEST_REPLY, said } from './said.ts';
import { similarity } from './similarity.ts';

export interface CorrectReplyInput extends ConcernInput {
  body: string;
  reason: string;
  aiDraft?: string | null | undefined;
}

/**
 * Replaces the text of a public reply; the day of the first reply stays. The similarity with a draft of an AI is that
 * of the first publication, unless an AI proposed the correction too.
 * @param today ISO date
 * @throws HubError as `onConcern`
 */
export const correctReply = (
  writing: Writing<TestimoniesDatabase>,
  input: CorrectReplyInput,
  today: string,
): Promise<Written> =>
  onConcern(
    writing,
    { name: 'correctReply', step: 'correct', action: 'REPLY_CORRECTED' },
    input,
    async (trx, concern) => {
      const body = said(input.body, 'body', LONGEST_REPLY);
      const reason = said(input.reason, 'reason', LONGEST_REASON);
      const sent = input.aiDraft ?? null;
      const aiSimilarity =
        sent === null
          ? await similarityOf(trx, concern)
          : similarity(body, said(sent, 'aiDraft', LONGEST_REPLY));
      await saveText(trx, concern, { body, aiSimilarity });
      // One that came by file without its day was never shown: it is from today on.
      const firstAnsweredOn = await datedReply(trx, concern, today);
      return { reason, told: { firstAnsweredOn, aiSimilarity } };
    },
  );
