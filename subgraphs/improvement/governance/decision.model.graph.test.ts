import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { DITP, improvementWriters, outcomeOf } from '../fixtures/writers.ts';
import { decisionWorkflow } from './decision.workflow.ts';
import type { DecisionState } from './tables.ts';

const { write, stored } = await improvementWriters();

const MORE: Readonly<Record<keyof typeof decisionWorkflow.steps, readonly [string, object]>> = {
  carryOut: ['carryOutDecision', {}],
  abandon: ['abandonDecision', { reason: 'Sans objet', on: '2026-06-01' }],
};

test('a decision goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const held = { body: 'STEERING_COMMITTEE', heldOn: '2026-02-03' };
  const { session } = await write(
    DITP,
    'saveGovernanceSession',
    'SaveGovernanceSessionInput',
    held,
    'session { id }',
  );
  const walks = expectWorkflow(decisionWorkflow, {
    begin: async () => {
      const input = { session: (session as { id: string }).id, words: 'Publier les délais' };
      const { decision } = await write(DITP, 'saveDecision', 'SaveDecisionInput', input, 'decision { id }');
      return (decision as { id: string }).id;
    },
    send: async (id, verb, version) => {
      const [mutation, more] = MORE[verb];
      return outcomeOf(
        await write(DITP, mutation, 'DatedStepInput', { id, version, ...more }, 'decision { id state }'),
      );
    },
    read: (id) => stored<{ state: DecisionState; version: number }>('decision', id, 'state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
