import { randomUUID } from 'node:crypto';
import { test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { seedTestimonies } from '../fixtures/seed.ts';
import { MODERATOR, outcomeOf, writersWorld } from '../fixtures/writers.ts';
import type { Verb } from './decide.ts';
import { moderationWorkflow } from './moderation.workflow.ts';

const { owner, plain, write } = await writersWorld();

const INPUTS: Readonly<Record<Verb, { type: string; more?: object }>> = {
  mask: { type: 'MaskTestimonyInput', more: { withoutPseudonym: true } },
  publish: { type: 'ModerationInput' },
  reject: { type: 'RejectTestimonyInput', more: { reason: 'INSULTS' } },
  withdraw: { type: 'RejectTestimonyInput', more: { reason: 'AGENT_NAMED' } },
  reconsider: { type: 'ModerationInput' },
};

test('the moderation behaves as its picture says, whatever is sent and by how many at once', async () => {
  await expectWorkflow(moderationWorkflow, {
    async begin() {
      const id = `TEM-${randomUUID()}`;
      await seedTestimonies(plain, [{ id, state: 'SUBMITTED', concerns: [{ structure: 'STR-caf-62' }] }]);
      return id;
    },
    async send(id, verb, version) {
      const { type, more } = INPUTS[verb];
      const answer = await write(
        MODERATOR,
        `${verb}Testimony`,
        type,
        { id, version, ...more },
        'testimony { id }',
      );
      return outcomeOf(answer);
    },
    read: (id) =>
      owner
        .selectFrom('testimonies.testimony')
        .select(['state', 'version'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
  });
}, 120_000);
