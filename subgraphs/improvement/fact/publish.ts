import { stateAfter } from '../../../kernel/write/workflow.ts';
import type { Versioned, Writing } from '../../../kernel/write/writing.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { Mistakes } from './mistakes.ts';
import { publicationWorkflow } from './publication.workflow.ts';
import type { Fact } from './sources.ts';
import { actionNoun, type Content, changeFact, type FactCommand } from './write.ts';

/** The input of `publish…` and `withdraw…` mutations. */
export interface PublicationInput extends Versioned {
  id: string;
  /** Why; needed to withdraw. */
  reason?: string | null | undefined;
}

/**
 * The whole way of a mutation that publishes a fact or withdraws it.
 * @param more what publishing writes beside, such as its day; it refuses what must not be published as it is
 */
export function movePublication<Row>(
  writing: Writing<ImprovementDatabase>,
  command: FactCommand<Row>,
  verb: keyof typeof publicationWorkflow.steps,
  input: PublicationInput,
  more: (row: Fact<Row>) => Content = () => ({}),
) {
  return changeFact(writing, command, input, async (_trx, row) => {
    const publication = stateAfter(publicationWorkflow, verb, row.publication);
    const mistakes = new Mistakes();
    const reason = mistakes.text(input.reason, 1000, 'reason');
    if (verb === 'withdraw' && reason === null) {
      mistakes.add('REQUIRED', 'Expected why it is taken back.', 'reason');
    }
    mistakes.refuse();
    const content = {
      published: publication === 'PUBLISHED',
      retracted: publication === 'WITHDRAWN',
      ...(verb === 'publish' ? more(row) : {}),
    };
    return { content, action: `${actionNoun(command.kind.noun)}_${publication}`, reason };
  });
}
