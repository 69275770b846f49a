import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { SimplificationDatabase } from './tables.ts';

const tables: Columns<SimplificationDatabase> = {
  'simplification.published_document': {
    network_id: 'text',
    id: 'text',
    title: 'text',
    kind: 'text',
    reference: 'text null',
    url: 'text null',
  },
  'simplification.published_report': {
    network_id: 'text',
    id: 'text',
    document_id: 'text null',
    structure_id: 'text null',
    site_id: 'text null',
    kind: 'text',
    reported_by: 'text',
    problems: 'texts',
    status: 'text',
    received_on: 'text',
    triaged_on: 'text null',
    rewritten_on: 'text null',
    tested_on: 'text null',
    disseminated_on: 'text null',
    declined_on: 'text null',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('simplification', 'public'), 'simplification', tables);
  expect(found).toMatchObject(tables);
});
