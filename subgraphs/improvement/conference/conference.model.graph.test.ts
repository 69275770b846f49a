import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { ConferenceState } from '../governance/tables.ts';
import { conferenceWorkflow } from './conference.workflow.ts';

const { write, stored } = await improvementWriters();

/** By verb: the mutation, its input type, and what it takes beside the id and the version. */
const SENT: Readonly<Record<keyof typeof conferenceWorkflow.steps, readonly [string, string, object]>> = {
  reschedule: [
    'rescheduleConference',
    'RescheduleConferenceInput',
    { title: 'Conférence', plannedOn: '2026-05-02' },
  ],
  hold: [
    'holdConference',
    'HoldConferenceInput',
    { heldOn: '2026-05-02', users: 8, agents: 3, reviewShared: true, priorities: [] },
  ],
  publish: ['publishConference', 'StepInput', {}],
  takeBack: ['takeBackConference', 'StepInput', { reason: 'Une erreur' }],
  cancel: ['cancelConference', 'StepInput', { reason: 'Personne ne venait' }],
};

test('a conference goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const walks = expectWorkflow(conferenceWorkflow, {
    begin: async () => {
      const input = { subject: LOCAL, title: 'Conférence', plannedOn: '2026-05-01' };
      const { conference } = await write(
        HQ,
        'planConference',
        'PlanConferenceInput',
        input,
        'conference { id }',
      );
      return (conference as { id: string }).id;
    },
    send: async (id, verb, version) => {
      const [mutation, type, more] = SENT[verb];
      return outcomeOf(await write(HQ, mutation, type, { id, version, ...more }, 'conference { id state }'));
    },
    read: (id) => stored<{ state: ConferenceState; version: number }>('conference', id, 'state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
