import { refuse } from '../../../kernel/write/refused.ts';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import { type Mistakes, today } from '../fact/mistakes.ts';
import { checkPlans } from '../fact/plan-link.ts';
import { type Step, type StepInput, stepOf } from '../fact/step.ts';
import { type Content, changeFact } from '../fact/write.ts';
import type { IdeaRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { IDEAS } from './idea.kind.ts';
import { ideaWorkflow } from './idea.workflow.ts';

type Db = Writing<ImprovementDatabase>;

export interface AdoptInput extends Versioned {
  id: string;
  plan?: string | null | undefined;
}

export interface FinishInput extends AdoptInput {
  doneOn: string;
}

const decide = <Input extends StepInput>(
  writing: Db,
  name: string,
  step: Omit<Step<IdeaRow, keyof typeof ideaWorkflow.steps>, 'flow'>,
  input: Input,
) =>
  changeFact<IdeaRow, Input>(
    writing,
    { kind: IDEAS, name },
    input,
    stepOf(IDEAS.noun, { flow: ideaWorkflow, ...step }, input),
  );

/** Decides to do it, where the plan that carries it out may be there already. */
export const adoptIdea = (writing: Db, input: AdoptInput) =>
  decide(
    writing,
    'adoptIdea',
    { verb: 'adopt', content: (_trx, row, mistakes) => planned(writing, row, input, mistakes) },
    input,
  );

/** Decides not to do it, with a reason; nobody but the service sees it any more. */
export const setIdeaAside = (writing: Db, name: string, input: StepInput) =>
  decide(
    writing,
    name,
    {
      verb: 'setAside',
      reasoned: true,
      content: (_trx, { publication }) => ({ published: false, retracted: publication !== 'DRAFT' }),
    },
    input,
  );

/** Tells that it is done. */
export const finishIdea = (writing: Db, input: FinishInput) =>
  decide(
    writing,
    'finishIdea',
    {
      verb: 'finish',
      async content(_trx, row, mistakes) {
        const done_on = mistakes.pastDay(input.doneOn, today(), 'doneOn');
        mistakes.order(row.proposed_on, done_on, 'doneOn');
        return { ...(await planned(writing, row, input, mistakes)), done_on };
      },
    },
    input,
  );

/** The plan that carries it out, where the input names one. */
async function planned(
  writing: Db,
  { network_id }: IdeaRow,
  { plan }: AdoptInput,
  mistakes: Mistakes,
): Promise<Content> {
  if (!plan) return {};
  await checkPlans(writing, mistakes, network_id, [{ id: plan, at: ['plan'] }]);
  return { plan_id: plan };
}

/** Only what the service will do, or has done, is for everybody. */
export function demandAdopted({ state }: Pick<IdeaRow, 'state'>): Content {
  if (state !== 'ADOPTED' && state !== 'DONE') {
    const message = `Expected an idea that was adopted; this one is ${state}.`;
    refuse([{ code: 'NOT_ADOPTED', message, path: ['input', 'id'] }]);
  }
  return {};
}
