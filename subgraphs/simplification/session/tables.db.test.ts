import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../../test/kit/columns.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { PanelTables } from '../panel/tables.ts';
import type { SessionTables } from './tables.ts';

const session = {
  network_id: 'text',
  id: 'text',
  structure_id: 'text null',
  site_id: 'text null',
  title: 'text',
  mode: 'text',
  planned_on: 'text',
  held_on: 'text null',
  state: 'text',
  participants: 'number null',
  remarks: 'text null',
  results: 'json',
  version: 'number',
} as const;
const profile = { departement_id: 'text null', age_band: 'text null', digital_ease: 'text null' } as const;

const tables: Columns<PanelTables & SessionTables> = {
  'simplification.tester': {
    id: 'text',
    reference: 'text',
    enrolled_by: 'text',
    consent: 'text',
    consented_on: 'text',
    last_solicited_at: 'instant null',
    earlier_solicited_at: 'instant null',
    ...profile,
  },
  'simplification.panel': { ...profile, members: 'number', available: 'number' },
  'simplification.test_session': { ...session, import_id: 'text null', import_row: 'number null' },
  'simplification.published_session': session,
  'simplification.invitation': {
    id: 'text',
    session_id: 'text',
    tester_id: 'text null',
    invited_at: 'instant',
    answer: 'text',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const owner = database.connect('simplification', 'owner');
  expect(await columnsOf(owner, 'simplification', tables)).toMatchObject(tables);
});
