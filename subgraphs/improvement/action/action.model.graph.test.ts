import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { ActionStatus } from '../tables.ts';
import { actionWorkflow } from './action.workflow.ts';

const { write, stored } = await improvementWriters();

const MORE: Readonly<Record<keyof typeof actionWorkflow.steps, object>> = {
  start: {},
  report: { progress: 40 },
  finish: { doneOn: '2026-01-31' },
  abandon: { reason: 'Plus de moyens' },
};

test('an action goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const plan = { subject: LOCAL, title: 'Réduire les délais' };
  const { actionPlan } = await write(HQ, 'saveActionPlan', 'SaveActionPlanInput', plan, 'actionPlan { id }');
  const walks = expectWorkflow(actionWorkflow, {
    begin: async () => {
      const { id } = actionPlan as { id: string };
      const input = { plan: id, title: 'Former deux agents', ownerRole: 'SITE_MANAGER' };
      const { action } = await write(HQ, 'saveAction', 'SaveActionInput', input, 'action { id }');
      return (action as { id: string }).id;
    },
    send: async (id, verb, version) => {
      const input = { id, version, step: verb.toUpperCase(), ...MORE[verb] };
      return outcomeOf(await write(HQ, 'advanceAction', 'AdvanceActionInput', input, 'action { id }'));
    },
    read: (id) => stored<{ state: ActionStatus; version: number }>('action', id, 'status as state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
