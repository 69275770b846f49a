import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { DITP, improvementWriters, outcomeOf } from '../fixtures/writers.ts';
import type { MajorState } from '../governance/tables.ts';
import { majorWorkflow } from './major.workflow.ts';

const REACHED = JSON.stringify([{ title: 'Premier réseau', dueOn: null, doneOn: '2026-01-01' }]);

const { write, stored, owner } = await improvementWriters();

/** By verb: its input type, and what it takes beside the id and the version. */
const SENT: Readonly<Record<keyof typeof majorWorkflow.steps, readonly [string, string, object]>> = {
  start: ['startMajorAction', 'DatedStepInput', { on: '2026-01-05' }],
  reachMilestone: ['reachMilestone', 'ReachMilestoneInput', { milestone: 0, on: '2026-03-01' }],
  finish: ['finishMajorAction', 'DatedStepInput', { on: '2026-04-01' }],
  stop: ['stopMajorAction', 'DatedStepInput', { reason: 'Reprise par une loi' }],
};

test('a major action goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const walks = expectWorkflow(majorWorkflow, {
    begin: async () => {
      const input = { title: 'Dites-le-nous une fois', milestones: [{ title: 'Premier réseau' }] };
      const { majorAction } = await write(
        DITP,
        'saveMajorAction',
        'SaveMajorActionInput',
        input,
        'majorAction { id }',
      );
      const { id } = majorAction as { id: string };
      // Reached already, so that the workflow alone decides whether it may end.
      await sql`
        update improvement.major_action set milestones = ${REACHED}::jsonb where id = ${id}`.execute(owner);
      return id;
    },
    send: async (id, verb, version) => {
      const [mutation, type, more] = SENT[verb];
      return outcomeOf(
        await write(DITP, mutation, type, { id, version, ...more }, 'majorAction { id state }'),
      );
    },
    read: (id) => stored<{ state: MajorState; version: number }>('major_action', id, 'state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
