import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../../test/kit/columns.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { FileTables } from './tables.ts';

const tables: Columns<FileTables> = {
  'simplification.file': {
    id: 'text',
    deposited_by: 'text',
    deposited_at: 'instant',
    type: 'text null',
    bytes: 'number null',
    sha256: 'text null',
    network_id: 'text null',
    report_id: 'text null',
    rank: 'number null',
  },
  'simplification.erased_report': { report_id: 'text', erased_at: 'instant' },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('simplification', 'owner'), 'simplification', tables);
  expect(found).toMatchObject(tables);
});
