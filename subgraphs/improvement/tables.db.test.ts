import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { GovernanceDatabase } from './governance/tables.ts';
import type { ImprovementDatabase } from './tables.ts';

const SUBJECT = {
  network_id: 'text',
  id: 'text',
  structure_id: 'text null',
  site_id: 'text null',
  territory_id: 'text null',
  version: 'number',
  publication: 'text',
} as const;

const tables: Columns<Omit<ImprovementDatabase, keyof GovernanceDatabase>> = {
  'improvement.published_action_plan': {
    ...SUBJECT,
    title: 'text',
    description: 'text null',
    status: 'text',
    commitment_ids: 'texts',
    starts_on: 'text null',
    due_on: 'text null',
    done_on: 'text null',
    abandoned_because: 'text null',
    parent_id: 'text null',
    report_ids: 'texts',
    indicator_ids: 'texts',
  },
  'improvement.published_action': {
    ...SUBJECT,
    plan_id: 'text',
    title: 'text',
    description: 'text null',
    status: 'text',
    owner_role: 'text',
    owner_words: 'text null',
    due_on: 'text null',
    done_on: 'text null',
    abandoned_because: 'text null',
    progress: 'number',
  },
  'improvement.published_gap': {
    ...SUBJECT,
    observed_on: 'text',
    diagnosis_id: 'text null',
    indicator_id: 'text null',
    commitment_id: 'text null',
    period: 'text null',
    target: 'text null',
    actual: 'text null',
    severity: 'text',
    cause: 'text null',
    source: 'text null',
    plan_id: 'text null',
  },
  'improvement.published_self_diagnosis': { ...SUBJECT, made_on: 'text', findings: 'json' },
  'improvement.published_label': {
    ...SUBJECT,
    level: 'text',
    granted_on: 'text',
    expires_on: 'text',
    withdrawn_on: 'text null',
  },
  'improvement.published_impact': {
    ...SUBJECT,
    title: 'text',
    story: 'text null',
    before_text: 'text null',
    after_text: 'text null',
    published_on: 'text',
    plan_id: 'text null',
  },
  'improvement.audit': {
    id: 'text',
    at: 'instant',
    subject: 'text',
    role: 'text',
    network_id: 'text null',
    action: 'text',
    object_id: 'text',
    before: 'json null',
    after: 'json null',
    reason: 'text null',
    request_id: 'text null',
  },
  'improvement.idempotency': {
    subject: 'text',
    command: 'text',
    key: 'text',
    input_hash: 'text',
    answer: 'json null',
    at: 'instant',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('improvement', 'owner'), 'improvement', tables);
  expect(found).toMatchObject(tables);
});
