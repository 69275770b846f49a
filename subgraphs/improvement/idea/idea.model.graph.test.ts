import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { IdeaState } from '../governance/tables.ts';
import { ideaWorkflow } from './idea.workflow.ts';

const { write, stored } = await improvementWriters();

/** By verb: the mutation, its input type, and what it takes beside the id and the version. */
const SENT: Readonly<Record<keyof typeof ideaWorkflow.steps, readonly [string, string, object]>> = {
  adopt: ['adoptIdea', 'AdoptIdeaInput', {}],
  setAside: ['setIdeaAside', 'StepInput', { reason: 'Trop cher' }],
  finish: ['finishIdea', 'FinishIdeaInput', { doneOn: '2026-05-01' }],
};

test('an idea goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const walks = expectWorkflow(ideaWorkflow, {
    begin: async () => {
      const input = { subject: LOCAL, title: 'Un banc devant la porte', proposedOn: '2026-01-05' };
      const { idea } = await write(HQ, 'proposeIdea', 'ProposeIdeaInput', input, 'idea { id }');
      return (idea as { id: string }).id;
    },
    send: async (id, verb, version) => {
      const [mutation, type, more] = SENT[verb];
      return outcomeOf(await write(HQ, mutation, type, { id, version, ...more }, 'idea { id state }'));
    },
    read: (id) => stored<{ state: IdeaState; version: number }>('idea', id, 'state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
