import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { unknownInNetwork } from '../../../kernel/import/resolve.ts';
import { checkIds, checkSubject, placeValues } from '../../../kernel/import/subject.ts';
import { report } from './entities.ts';
import { reportsSheet } from './reports.sheet.ts';

/** Documents that users or agents found too complex, and how far their rewriting is; comments are never published. */
export const reports = defineFeed({
  name: 'reports',
  subgraph: 'simplification',
  description: 'Reports of complex documents and their steps: template for headquarters (CSV)',
  input: reportsSheet,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, report, {
      ...placeValues,
      id: sql`s.id`,
      document_id: sql`s.document`,
      kind: sql`s.kind`,
      reported_by: sql`coalesce(s.reported_by, 'USER')`,
      problems: sql`coalesce(string_to_array(s.problems, ','), '{}')`,
      comment: sql`s.comment`,
      suggestion: sql`s.suggestion`,
      status: sql`s.status`,
      received_on: sql`s.received_on`,
      triaged_on: sql`s.triaged_on`,
      rewritten_on: sql`s.rewritten_on`,
      tested_on: sql`s.tested_on`,
      disseminated_on: sql`s.disseminated_on`,
      declined_on: sql`s.declined_on`,
      published: publishedValue(options),
    }),
  ...keptFromFiles([report], async (trx) => {
    await reportFuture(trx, {
      received_on: 'recu_le',
      triaged_on: 'examine_le',
      rewritten_on: 'reecrit_le',
      tested_on: 'teste_le',
      disseminated_on: 'diffuse_le',
      declined_on: 'ecarte_le',
    });
    await checkSubject(trx, reportsSheet.columns);
    await checkIds(trx, report.table);
    await checkDocument(trx);
  }),
});

/** A document that is named stands in the register of the same network. */
const checkDocument = (trx: ImportTransaction) =>
  reportRows(
    trx,
    unknownInNetwork({
      code: 'UNKNOWN_DOCUMENT',
      column: 'document',
      message: 'no such document in the register of this network',
      named: 'document',
      table: 'simplification.document',
    }),
  );
