import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { ImprovementDatabase } from './tables.ts';

const SUBJECT = {
  network_id: 'text',
  id: 'text',
  structure_id: 'text null',
  site_id: 'text null',
  territory_id: 'text null',
} as const;

const tables: Columns<ImprovementDatabase> = {
  'improvement.published_action_plan': {
    ...SUBJECT,
    title: 'text',
    description: 'text null',
    status: 'text',
    commitment_ids: 'texts',
    starts_on: 'text null',
    due_on: 'text null',
    done_on: 'text null',
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
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('improvement', 'public'), 'improvement', tables);
  expect(found).toMatchObject(tables);
});
