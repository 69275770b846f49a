import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { ImprovementDatabase } from './tables.ts';

const SUBJECT = {
  network_id: 'text',
  id: 'text',
  structure_id: 'text',
  site_id: 'text',
  territory_id: 'text',
} as const;

const tables: Columns<ImprovementDatabase> = {
  'improvement.published_action_plan': {
    ...SUBJECT,
    title: 'text',
    description: 'text',
    status: 'text',
    commitment_ids: 'texts',
    starts_on: 'text',
    due_on: 'text',
    done_on: 'text',
  },
  'improvement.published_self_diagnosis': { ...SUBJECT, made_on: 'text', findings: 'json' },
  'improvement.published_label': {
    ...SUBJECT,
    level: 'text',
    granted_on: 'text',
    expires_on: 'text',
    withdrawn_on: 'text',
  },
  'improvement.published_impact': {
    ...SUBJECT,
    title: 'text',
    story: 'text',
    before_text: 'text',
    after_text: 'text',
    published_on: 'text',
    plan_id: 'text',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('improvement', 'public'), 'improvement');
  expect(found).toMatchObject(tables);
});
