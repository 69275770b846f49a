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
    reference: 'text',
    url: 'text',
  },
  'simplification.published_report': {
    network_id: 'text',
    id: 'text',
    document_id: 'text',
    structure_id: 'text',
    site_id: 'text',
    kind: 'text',
    reported_by: 'text',
    problems: 'texts',
    status: 'text',
    received_on: 'text',
    triaged_on: 'text',
    rewritten_on: 'text',
    tested_on: 'text',
    disseminated_on: 'text',
    declined_on: 'text',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('simplification', 'public'), 'simplification');
  expect(found).toMatchObject(tables);
});
