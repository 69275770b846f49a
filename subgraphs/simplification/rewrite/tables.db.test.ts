import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../../test/kit/columns.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import type { ReportTables } from '../report/tables.ts';
import type { SimplificationDatabase } from '../tables.ts';
import type { RewriteTables } from './tables.ts';

const scores = {
  sentences_before: 'number',
  sentences_after: 'number',
  vocabulary_before: 'number',
  vocabulary_after: 'number',
  order_before: 'number',
  order_after: 'number',
  layout_before: 'number',
  layout_after: 'number',
} as const;
const imported = { import_id: 'text null', import_row: 'number null' } as const;
const texts = {
  network_id: 'text',
  id: 'text',
  report_id: 'text',
  before: 'text',
  after: 'text',
  written_on: 'text',
  experts: 'texts',
} as const;

const tables: Columns<RewriteTables & ReportTables> = {
  'simplification.rewrite': {
    ...texts,
    ...scores,
    ...imported,
    number: 'number',
    assessment: 'text null',
    title: 'text null',
    published_on: 'text null',
  },
  'simplification.user_test': {
    ...imported,
    id: 'text',
    network_id: 'text',
    report_id: 'text',
    rewrite: 'number',
    tested_on: 'text',
    testers: 'number',
    understood: 'number',
    completed: 'number',
    remarks: 'text null',
    session_id: 'text null',
  },
  'simplification.published_before_after': {
    ...texts,
    ...scores,
    title: 'text',
    published_on: 'text',
    document_id: 'text null',
    structure_id: 'text null',
    site_id: 'text null',
    kind: 'text',
    problems: 'texts',
    received_on: 'text',
    disseminated_on: 'text',
    testers: 'number',
    understood: 'number',
    completed: 'number',
  },
  'simplification.report': {
    ...imported,
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
    published: 'boolean',
    version: 'number',
    decline_reason: 'text null',
  },
  'simplification.document': {
    ...imported,
    network_id: 'text',
    id: 'text',
    title: 'text',
    kind: 'text',
    reference: 'text null',
    url: 'text null',
    published: 'boolean',
    withdrawn_on: 'text null',
    version: 'number',
  },
};

const database = await testDatabase();
const owner = database.connect<SimplificationDatabase>('simplification', 'owner');

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(owner, 'simplification', tables);
  expect(found).toMatchObject(tables);
});

test('the database itself disseminates nothing whose last version was not tested, and counts versions', async () => {
  const report = { network_id: 'NET-caf', id: 'REP-1', kind: 'LETTER', status: 'USER_TESTED' };
  const days = { received_on: '2024-01-01', tested_on: '2024-02-01' };
  await insertRows(owner, 'simplification.report', [{ ...report, ...days }]);
  const texts = {
    network_id: 'NET-caf',
    report_id: 'REP-1',
    before: 'a',
    after: 'b',
    written_on: '2024-01-10',
  };
  const poor = Object.fromEntries(Object.keys(scores).map((name) => [name, 0]));
  await insertRows(owner, 'simplification.rewrite', [
    { ...texts, ...poor, number: 1 },
    { ...texts, ...poor, number: 2 },
  ]);
  const result = { network_id: 'NET-caf', report_id: 'REP-1', tested_on: '2024-02-01', testers: 3 };
  const tried = (rewrite: number) => ({
    id: `TEST-${rewrite}`,
    rewrite,
    understood: 2,
    completed: 1,
    ...result,
  });
  await insertRows(owner, 'simplification.user_test', [tried(1)]);
  const disseminate = sql`
    update simplification.report set status = 'DISSEMINATED', disseminated_on = '2024-03-01' where id = 'REP-1'`;
  await expect(disseminate.execute(owner)).rejects.toThrow(
    'The last version of REP-1 was not tested with users.',
  );
  await insertRows(owner, 'simplification.user_test', [tried(2)]);
  await disseminate.execute(owner);
  const found = await owner
    .selectFrom('simplification.report')
    .select('version')
    .where('id', '=', 'REP-1')
    .executeTakeFirst();
  expect(found).toEqual({ version: 2 });
});
