import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type ConcernInput, onConcern } from './on-concern.ts';
import { keepAiDraft, saveText } from './reply-text.query.ts';
import { LONGEST_REPLY, said } from './said.ts';
import { similarity } from './similarity.ts';

export interface DraftReplyInput extends ConcernInput {
  body: string;
  /** What an AI proposed; the last one that was sent is what the text is compared with. */
  aiDraft?: string | null | undefined;
}

/**
 * Writes a reply, or writes it anew; nobody outside the network sees it.
 * @throws HubError as `onConcern`
 */
export const draftReply = (writing: Writing<TestimoniesDatabase>, input: DraftReplyInput): Promise<Written> =>
  onConcern(
    writing,
    { name: 'draftReply', step: 'draft', action: 'REPLY_DRAFTED' },
    input,
    async (trx, concern) => {
      const body = said(input.body, 'body', LONGEST_REPLY);
      const sent = input.aiDraft ?? null;
      const aiDraft = await keepAiDraft(
        trx,
        concern,
        sent === null ? null : said(sent, 'aiDraft', LONGEST_REPLY),
      );
      const aiSimilarity = aiDraft === null ? null : similarity(body, aiDraft);
      await saveText(trx, concern, { body, aiSimilarity });
      return { told: { aiSimilarity } };
    },
  );
