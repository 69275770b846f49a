import type { Writing } from '../../../kernel/write/writing.ts';
import { isKnown } from '../fact/known.ts';
import { Mistakes } from '../fact/mistakes.ts';
import { IMPACTS, PLANS } from '../fact/sources.ts';
import { type SaveInput, saveFact } from '../fact/write.ts';
import type { ImpactRow, ImprovementDatabase } from '../tables.ts';

type Optional<T> = T | null | undefined;

export interface SaveImpactInput extends SaveInput {
  title: string;
  story?: Optional<string>;
  before?: Optional<string>;
  after?: Optional<string>;
  plan?: Optional<string>;
}

/** Makes an impact, or replaces what one tells; its day is that of its publication. */
export const saveImpact = (writing: Writing<ImprovementDatabase>, input: SaveImpactInput) =>
  saveFact<ImpactRow, SaveImpactInput>(
    writing,
    { kind: IMPACTS, name: 'saveImpact' },
    input,
    async (_trx, { network_id }) => {
      const mistakes = new Mistakes();
      const { plan = null } = input;
      if (plan !== null && !(await isKnown(writing, PLANS, network_id, plan)))
        mistakes.add('UNKNOWN_PLAN', 'No such action plan of this network.', 'plan');
      const content = {
        title: mistakes.saidText(input.title, 300, 'title'),
        story: mistakes.text(input.story, 4000, 'story'),
        before_text: mistakes.text(input.before, 2000, 'before'),
        after_text: mistakes.text(input.after, 2000, 'after'),
        plan_id: plan,
      };
      mistakes.refuse();
      return content;
    },
  );
