import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { column } from '../../../kernel/import/column.ts';
import { code, date, decimal, oneOf, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { unknownInNetwork } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import {
  checkIds,
  checkSubject,
  networkColumn,
  placeColumns,
  subjectValues,
  territoryAlone,
  territoryColumn,
} from '../../../kernel/import/subject.ts';
import { parsePeriod } from '../../../kernel/period.ts';
import { planCode } from './action-plans.merge.ts';
import { checkCommitments, oneCommitmentColumn } from './commitments.ts';
import { gap } from './entities.ts';
import { checkPlans } from './plans.ts';

const idColumn = (header: string, prefix: string) =>
  code({
    header,
    pattern: new RegExp(`${prefix}-[\\p{L}\\p{N}._:-]{1,100}`, 'u'),
    expected: `${prefix}- and a code`,
  });

/** A period of results, kept as its label. */
const periodColumn = column({ header: 'periode' }, 'text', (cell) => {
  try {
    return parsePeriod(cell).label;
  } catch {
    return { code: 'BAD_CODE', message: 'expected a period such as 2025, 2025-S1, 2025-T3 or 2025-07' };
  }
});

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /GAP-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'GAP- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    observed_on: date({ header: 'constate_le', required: true }),
    commitment: oneCommitmentColumn,
    indicator: idColumn('indicateur', 'IND'),
    period: periodColumn,
    target: decimal({ header: 'objectif' }),
    actual: decimal({ header: 'resultat' }),
    severity: oneOf({
      header: 'gravite',
      required: true,
      labels: { mineur: 'MINOR', modéré: 'MODERATE', majeur: 'MAJOR' },
    }),
    cause: text({ header: 'cause', max: 2000 }),
    source: text({ header: 'source', max: 300 }),
    diagnosis: idColumn('auto_diagnostic', 'DIAG'),
    plan: code({ header: 'plan', ...planCode }),
    ...publishedColumn,
  },
  rule: (row) => [
    ...territoryAlone(row),
    ...(row.commitment === null && row.indicator === null
      ? [rejected('engagement', 'REQUIRED', 'expected a commitment or an indicator', '')]
      : []),
    ...(row.source === null && (row.target !== null || row.actual !== null)
      ? [rejected('source', 'REQUIRED', 'expected where the values come from', '')]
      : []),
  ],
});

/** Gaps between results and what was promised, as services told them. */
export const gaps = defineFeed({
  name: 'gaps',
  subgraph: 'improvement',
  description: 'Gaps between results and targets: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([gap], async (trx) => {
    await reportFuture(trx, { observed_on: 'constate_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, gap.table);
    await checkCommitments(trx, 'commitment', 'engagement');
    await checkPlans(trx);
    await checkDiagnoses(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, gap, {
      ...subjectValues,
      id: sql`s.id`,
      observed_on: sql`s.observed_on`,
      commitment_id: sql`s.commitment`,
      indicator_id: sql`s.indicator`,
      period: sql`s.period`,
      target: sql`s.target`,
      actual: sql`s.actual`,
      severity: sql`s.severity`,
      cause: sql`s.cause`,
      source: sql`s.source`,
      diagnosis_id: sql`s.diagnosis`,
      plan_id: sql`s.plan`,
      published: publishedValue(options),
    }),
});

/** Sets aside the rows whose self-diagnosis is none of their network. */
const checkDiagnoses = (trx: ImportTransaction) =>
  reportRows(
    trx,
    unknownInNetwork({
      code: 'UNKNOWN_DIAGNOSIS',
      column: 'auto_diagnostic',
      message: 'no such self-diagnosis of this network',
      named: 'diagnosis',
      table: 'improvement.self_diagnosis',
    }),
  );
