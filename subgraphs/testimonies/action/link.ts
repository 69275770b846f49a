import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import { type ConcernInput, onConcern } from '../reply/on-concern.ts';
import { LINK_KINDS } from '../reply/tables.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { saveLink } from './link.query.ts';
import { readTarget } from './target.ts';

export interface LinkTestimonyInput extends ConcernInput {
  /** Id of a plan or an impact. */
  target: string;
  linked: boolean;
}

/**
 * Says that a testimony led to a plan or an impact (« vous nous l'avez demandé, on l'a fait »), or takes that back.
 * @throws HubError as `onConcern`
 */
export const linkTestimony = (
  writing: Writing<TestimoniesDatabase>,
  input: LinkTestimonyInput,
): Promise<Written> =>
  onConcern(
    writing,
    {
      name: 'linkTestimony',
      step: null,
      action: input.linked ? 'TESTIMONY_LINKED' : 'TESTIMONY_UNLINKED',
    },
    input,
    async (trx, { testimony_id: testimony }) => {
      const target = readTarget(input.target, 'target', LINK_KINDS);
      if (!(await saveLink(trx, testimony, { target, linked: input.linked }))) {
        refuse([{ code: 'NOTHING_CHANGED', message: 'it is as you say already', path: ['input', 'linked'] }]);
      }
      return { told: { target } };
    },
  );
