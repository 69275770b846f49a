import { expect, test } from 'vitest';
import { insertRows } from '../../../test/kit/insert.ts';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { DITP, HQ, improvementWriters, LOCAL, outcomeOf } from '../fixtures/writers.ts';
import type { LabelState } from '../governance/tables.ts';
import { labelWorkflow } from './label.workflow.ts';

const { write, stored, owner } = await improvementWriters();

const today = new Date().toISOString().slice(0, 10);

/** By verb: the mutation, its input type, and what it takes beside the id and the version. */
const SENT: Readonly<Record<keyof typeof labelWorkflow.steps, readonly [string, string, object]>> = {
  startReview: ['startLabelReview', 'StepInput', {}],
  recordAudit: [
    'recordLabelAudit',
    'RecordLabelAuditInput',
    { organisation: 'Bureau Exemple', on: today, score: 91.5, conform: true },
  ],
  recordSurvey: [
    'recordLabelSurvey',
    'RecordLabelSurveyInput',
    { kind: 'USERS', on: today, respondents: 3, satisfied: 2 },
  ],
  award: ['awardLabel', 'AwardLabelInput', { level: 'SILVER', grantedOn: today }],
  refuse: ['refuseLabel', 'StepInput', { reason: 'Trop tôt' }],
  withdraw: ['withdrawLabel', 'StepInput', { reason: 'Accueil fermé' }],
};

/** What an award asks for, so that the workflow alone decides. */
const evidence = (label: string) => {
  const of = { label_id: label, network_id: 'NET-caf', structure_id: 'STR-caf-62' };
  const survey = { ...of, surveyed_on: today, respondents: 10, satisfied: 9 };
  return Promise.all([
    insertRows(owner, 'improvement.label_audit', [
      { ...of, id: `AUDIT-${label}`, organisation: 'X', audited_on: today, score: 90, conform: true },
    ]),
    insertRows(owner, 'improvement.label_survey', [
      { ...survey, id: `SURVEY-U-${label}`, kind: 'USERS' },
      { ...survey, id: `SURVEY-A-${label}`, kind: 'AGENTS' },
    ]),
  ]);
};

test('a label goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  const open: string[] = [];
  const walks = expectWorkflow(labelWorkflow, {
    begin: async () => {
      // One application at a time for a place: those of earlier walks are put away.
      for (const id of open.splice(0)) {
        const { version } = await stored<{ version: number }>('label', id, 'version');
        await write(DITP, 'refuseLabel', 'StepInput', { id, version, reason: 'Fin' }, 'application { id }');
      }
      const input = { subject: LOCAL, level: 'GOLD' };
      const { application } = await write(
        HQ,
        'applyForLabel',
        'ApplyForLabelInput',
        input,
        'application { id }',
      );
      const { id } = application as { id: string };
      open.push(id);
      await evidence(id);
      return id;
    },
    send: async (id, verb, version) => {
      const [mutation, type, more] = SENT[verb];
      return outcomeOf(
        await write(DITP, mutation, type, { id, version, ...more }, 'application { id state }'),
      );
    },
    read: (id) => stored<{ state: LabelState; version: number }>('label', id, 'state, version'),
  });
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
