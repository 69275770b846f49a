import { expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { Publication } from '../tables.ts';
import { publicationWorkflow } from './publication.workflow.ts';

const { write, stored } = await improvementWriters();

/** The kinds that the same workflow publishes: how each is made, and where it is. */
const KINDS = [
  {
    name: 'SelfDiagnosis',
    field: 'selfDiagnosis',
    table: 'self_diagnosis',
    content: { madeOn: '2026-03-01', findings: [] },
  },
  {
    name: 'Gap',
    field: 'gap',
    table: 'gap',
    content: { observedOn: '2026-03-01', severity: 'MAJOR', commitment: 'COMMITMENT-E4' },
  },
  { name: 'ActionPlan', field: 'actionPlan', table: 'action_plan', content: { title: 'Un plan' } },
  { name: 'Impact', field: 'impact', table: 'impact', content: { title: 'Un écran' } },
];

test.each(KINDS)(
  'what is published of $field, and taken back',
  async ({ name, field, table, content }) => {
    const walks = expectWorkflow(publicationWorkflow, {
      begin: async () => {
        const input = { subject: LOCAL, ...content };
        const saved = await write(HQ, `save${name}`, `Save${name}Input`, input, `${field} { id }`);
        return (saved[field] as { id: string }).id;
      },
      send: async (id, verb, version) =>
        outcomeOf(
          await write(
            HQ,
            `${verb}${name}`,
            'PublicationInput',
            { id, version, reason: 'Erreur' },
            `${field} { id }`,
          ),
        ),
      read: (id) =>
        stored<{ state: Publication; version: number }>(table, id, 'publication as state, version'),
    });
    await expect(walks).resolves.toBeUndefined();
  },
  120_000,
);
