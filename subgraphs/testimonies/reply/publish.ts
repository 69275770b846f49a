import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type ConcernInput, onConcern } from './on-concern.ts';
import { datedReply, dropAiDraft, similarityOf } from './reply-text.query.ts';
import { demandText } from './submit.ts';

/**
 * Validates a reply: it is public, and its day counts for ever. The draft of an AI is forgotten, the similarity with
 * it is published.
 * @param today ISO date
 * @throws HubError as `onConcern`
 */
export const publishReply = (
  writing: Writing<TestimoniesDatabase>,
  input: ConcernInput,
  today: string,
): Promise<Written> =>
  onConcern(
    writing,
    { name: 'publishReply', step: 'publish', action: 'REPLY_PUBLISHED' },
    input,
    async (trx, concern) => {
      await demandText(trx, concern);
      const firstAnsweredOn = await datedReply(trx, concern, today);
      await dropAiDraft(trx, concern);
      return { told: { firstAnsweredOn, aiSimilarity: await similarityOf(trx, concern) } };
    },
  );
