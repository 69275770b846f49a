import { expect, test } from 'vitest';
import type { ImportReport } from '../kernel/import/report.ts';
import { formatReport } from './report.ts';

const report: ImportReport = {
  state: 'PUBLISHED',
  feed: 'sp-results',
  fileName: 'results.csv',
  importId: '0a1b',
  publication: '12',
  counts: { read: 1000, accepted: 997, rejected: 1, quarantined: 1, notices: 1 },
  problems: [
    {
      code: 'NOT_A_DECIMAL',
      severity: 'REJECTED',
      count: 7,
      samples: [{ line: 12, column: 'valeur', message: 'expected a number such as 78,5', sample: 'n.d.' }],
    },
    {
      code: 'DUPLICATE_ROW',
      severity: 'NOTICE',
      count: 1,
      samples: [{ line: 14, column: null, message: 'same as line 2', sample: null }],
    },
  ],
  notices: ['columns not used: pays'],
  merge: { inserted: 900, updated: 90, unchanged: 7, closed: 0, details: { 'without a site': 3 } },
  refusal: null,
  rejectsFile: './results.rejects.csv',
  importedAt: null,
  seconds: 0.5,
};

test('a report says what happened, what is wrong and where to look', () => {
  expect(formatReport(report)).toMatchInlineSnapshot(`
    "sp-results · results.csv: published as number 12 (import 0a1b)
      1000 rows read: 997 good, 1 rejected, 1 quarantined, 1 notice · 0.5 s (2000 rows/s)
      900 inserted, 90 updated, 7 unchanged, 0 closed, without a site: 3
      note: columns not used: pays

      REJECTED NOT_A_DECIMAL: 7 problems
        line 12, valeur: expected a number such as 78,5 (found « n.d. »)
        … and 6 more

      NOTICE DUPLICATE_ROW: 1 problem
        line 14: same as line 2

      Rejected and quarantined rows: ./results.rejects.csv
    "
  `);
});

test('a cell where nothing was found is said to be empty', () => {
  const samples = [{ line: 3, column: 'nom', message: 'expected a value', sample: '' }];
  const problems = [{ code: 'REQUIRED', severity: 'REJECTED', count: 1, samples } as const];
  expect(formatReport({ ...report, problems })).toContain(
    '    line 3, nom: expected a value (the cell is empty)\n',
  );
});

test('a refusal says what to do', () => {
  const refusal = { code: 'REJECTED_ROWS', message: '7 rows are rejected', line: null } as const;
  expect(
    formatReport({ ...report, state: 'REFUSED', refusal, merge: null, problems: [], notices: [] }),
  ).toMatchInlineSnapshot(`
    "sp-results · results.csv: REFUSED, nothing was changed
      REJECTED_ROWS: 7 rows are rejected
      1000 rows read: 997 good, 1 rejected, 1 quarantined, 1 notice · 0.5 s (2000 rows/s)

      Rejected and quarantined rows: ./results.rejects.csv
      Correct the file, or publish its good rows with --accept-rejects.
    "
  `);
});

test('a file already imported says when', () => {
  const importedAt = new Date('2026-01-02T03:04:05Z');
  expect(
    formatReport({
      ...report,
      state: 'ALREADY_IMPORTED',
      importedAt,
      merge: null,
      problems: [],
      notices: [],
      rejectsFile: null,
    }),
  ).toMatchInlineSnapshot(`
    "sp-results · results.csv: already imported on 2026-01-02T03:04:05.000Z (import 0a1b, publication 12), nothing to do
    "
  `);
});
