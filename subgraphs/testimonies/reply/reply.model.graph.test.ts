import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { outcomeOf } from '../fixtures/writers.ts';
import { repliersWorld, VALIDATOR } from './fixtures/repliers.ts';
import { replyWorkflow } from './reply.workflow.ts';
import type { ReplyStep } from './steps.ts';

const { tell, send, stored } = await repliersWorld();

const INPUT: Readonly<Record<ReplyStep, { name: string; more: object }>> = {
  draft: { name: 'draftReply', more: { body: 'Bonjour, merci.', aiDraft: 'Bonjour' } },
  submit: { name: 'submitReply', more: {} },
  sendBack: { name: 'sendBackReply', more: { reason: 'Trop sec' } },
  publish: { name: 'publishReply', more: {} },
  correct: { name: 'correctReply', more: { body: 'Bonjour, merci encore.', reason: 'Faute' } },
  transfer: { name: 'transferReply', more: { to: 'STR-caf-62-arras', reason: 'De son ressort' } },
};

test('a reply goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const walks = expectWorkflow(replyWorkflow, {
    begin: async () => (await tell())[0] ?? '',
    send: async (id, verb, version) => {
      const { name, more } = INPUT[verb];
      return outcomeOf(await send(VALIDATOR, name, { id, version, ...more }));
    },
    read: stored,
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
