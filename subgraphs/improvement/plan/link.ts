import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { idOf } from '../fact/ids.ts';
import { Mistakes } from '../fact/mistakes.ts';
import { PLANS } from '../fact/sources.ts';
import { changeFact } from '../fact/write.ts';
import type { ImprovementDatabase, PlanRow } from '../tables.ts';

type Ids = readonly string[] | null | undefined;

export interface LinkPlanInput extends Versioned {
  id: string;
  reports?: Ids;
  indicators?: Ids;
}

/**
 * Replaces what a plan answers: reports of complex documents, indicators. Other subgraphs own them: their ids are
 * checked by their shape alone. Testimonies are linked by `linkTestimony`, where they are.
 */
export const linkPlan = (writing: Writing<ImprovementDatabase>, input: LinkPlanInput) =>
  changeFact<PlanRow, LinkPlanInput>(writing, { kind: PLANS, name: 'linkActionPlan' }, input, async () => {
    const mistakes = new Mistakes();
    const content = {
      report_ids: mistakes.ids(input.reports, idOf('REP'), 'ids as REP-…', 'reports'),
      indicator_ids: mistakes.ids(input.indicators, idOf('IND'), 'ids as IND-27', 'indicators'),
    };
    mistakes.refuse();
    return { content, action: 'ACTION_PLAN_LINKED' };
  });
