import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { publicationWorkflow } from '../fact/publication.workflow.ts';
import { WRITTEN_KINDS } from '../fixtures/registers.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { Publication } from '../tables.ts';

const { write, stored } = await improvementWriters();

test.each(WRITTEN_KINDS)(
  'what is published of $many, and taken back',
  async ({ type, one, table, content }) => {
    const walks = expectWorkflow(publicationWorkflow, {
      begin: async () => {
        const input = { subject: LOCAL, ...content };
        const saved = await write(HQ, `save${type}`, `Save${type}Input`, input, `${one} { id }`);
        return (saved[one] as { id: string }).id;
      },
      send: async (id, verb, version) => {
        const input = { id, version, reason: 'Erreur' };
        return outcomeOf(await write(HQ, `${verb}${type}`, 'PublicationInput', input, `${one} { id }`));
      },
      read: (id) =>
        stored<{ state: Publication; version: number }>(table, id, 'publication as state, version'),
    });
    await expect(walks).resolves.toBeUndefined();
  },
  120_000,
);
