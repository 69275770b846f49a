import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { PlanStatus } from '../tables.ts';
import { planWorkflow } from './plan.workflow.ts';

const { write, stored } = await improvementWriters();

test('a plan goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const walks = expectWorkflow(planWorkflow, {
    begin: async () => {
      const input = { subject: LOCAL, title: 'Réduire les délais' };
      const { actionPlan } = await write(
        HQ,
        'saveActionPlan',
        'SaveActionPlanInput',
        input,
        'actionPlan { id }',
      );
      return (actionPlan as { id: string }).id;
    },
    send: async (id, verb, version) =>
      outcomeOf(
        await write(
          HQ,
          'advanceActionPlan',
          'AdvanceActionPlanInput',
          {
            id,
            version,
            step: verb.toUpperCase(),
            ...(verb === 'finish' ? { doneOn: '2026-01-31' } : {}),
            ...(verb === 'abandon' ? { reason: 'Plus de moyens' } : {}),
          },
          'actionPlan { id }',
        ),
      ),
    read: (id) =>
      stored<{ state: PlanStatus; version: number }>('action_plan', id, 'status as state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
