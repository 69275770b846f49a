import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { FileTables } from './file/tables.ts';
import type { PanelTables } from './panel/tables.ts';
import type { ReportTables } from './report/tables.ts';
import type { RewriteTables } from './rewrite/tables.ts';
import type { SessionTables } from './session/tables.ts';
import type { SimplificationDatabase } from './tables.ts';

/** Tables of folders have tests of their own. */
type Own = Omit<
  SimplificationDatabase,
  keyof (FileTables & PanelTables & ReportTables & RewriteTables & SessionTables)
>;

const tables: Columns<Own> = {
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
  'simplification.audit': {
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
  'simplification.idempotency': {
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
  const found = await columnsOf(database.connect('simplification', 'owner'), 'simplification', tables);
  expect(found).toMatchObject(tables);
});
