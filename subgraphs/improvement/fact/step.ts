import type { Workflow } from '../../../kernel/write/workflow.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Versioned } from '../../../kernel/write/writing.ts';
import { Mistakes } from './mistakes.ts';
import { actionNoun, type Change, type Content, type Trx } from './write.ts';

/** The input of a step of a workflow, beside what the step itself takes. */
export interface StepInput extends Versioned {
  id: string;
  reason?: string | null | undefined;
}

/** One step of the workflow of a kind with a column `state`. */
export interface Step<Row extends { state: string }, Verb extends string> {
  flow: Workflow<Row['state'], Verb>;
  verb: Verb;
  /** Whether it needs a reason, which is kept in the column `reason`. */
  reasoned?: boolean;
  /** What it writes beside the state; what is wrong with the input goes to `mistakes`. */
  content?(trx: Trx, row: Row, mistakes: Mistakes): Promise<Content> | Content;
}

/**
 * What a step comes to, for `changeFact` and `changeNational`: refused where the workflow does not lead from the
 * state of the row, under its lock.
 * @param noun what the kind is called: a label that is awarded is LABEL_AWARD in the audit
 */
export const stepOf =
  <Row extends { state: string }, Verb extends string>(
    noun: string,
    { flow, verb, reasoned = false, content }: Step<Row, Verb>,
    input: Pick<StepInput, 'reason'>,
  ) =>
  async (trx: Trx, row: Row): Promise<Change> => {
    const state = stateAfter(flow, verb, row.state);
    const mistakes = new Mistakes();
    const reason = mistakes.text(input.reason, 1000, 'reason');
    if (reasoned && reason === null) mistakes.add('REQUIRED', 'Expected why.', 'reason');
    const more = (await content?.(trx, row, mistakes)) ?? {};
    mistakes.refuse();
    return {
      content: { ...more, ...(reasoned ? { reason } : {}), state },
      action: `${actionNoun(noun)}_${actionNoun(verb.replace(/[A-Z]/g, ' $&'))}`,
      reason,
    };
  };
