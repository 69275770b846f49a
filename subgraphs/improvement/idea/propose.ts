import type { Writing } from '../../../kernel/write/writing.ts';
import { checkCommitments } from '../fact/commitments.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import type { FactSubjectInput } from '../fact/subject.check.ts';
import { type SaveInput, saveFact } from '../fact/write.ts';
import type { IdeaRow } from '../governance/tables.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { IDEAS } from './idea.kind.ts';
import { ideaWorkflow } from './idea.workflow.ts';

export interface ProposeInput extends SaveInput {
  subject: FactSubjectInput;
  title: string;
  description?: string | null | undefined;
  commitments?: readonly string[] | null | undefined;
  proposedOn?: string | null | undefined;
}

/** Collects an idea of the agents of a service: of the service, without names. */
export const proposeIdea = (writing: Writing<ImprovementDatabase>, input: ProposeInput) =>
  saveFact<IdeaRow, ProposeInput>(writing, { kind: IDEAS, name: 'proposeIdea' }, input, async (trx) => {
    const mistakes = new Mistakes();
    const content = {
      title: mistakes.saidText(input.title, 300, 'title'),
      description: mistakes.text(input.description, 4000, 'description'),
      commitment_ids: await checkCommitments(trx, mistakes, input.commitments ?? [], 'commitments'),
      proposed_on: mistakes.pastDay(input.proposedOn, today(), 'proposedOn') ?? today(),
      state: ideaWorkflow.initial,
    };
    mistakes.refuse();
    return content;
  });
