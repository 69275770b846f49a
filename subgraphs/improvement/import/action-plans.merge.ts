import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder, reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type ImportTransaction } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { codes } from '../../../kernel/import/list-column.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
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
import type { PlanStatus } from '../tables.ts';
import { checkCommitments, commitmentsColumn } from './commitments.ts';
import { actionPlan } from './entities.ts';

export const planCode = { pattern: /PLAN-[\p{L}\p{N}._:-]{1,100}/u, expected: 'PLAN- and a code' };

/** Ids of another subgraph's facts in one cell, known by their shape. */
const idsColumn = (header: string, prefix: string) =>
  codes({
    header,
    pattern: new RegExp(`${prefix}-[\\p{L}\\p{N}._:-]{1,100}`, 'u'),
    expected: `ids such as ${prefix}-1, ${prefix}-2`,
    canonical: (id) => id,
  });

const STATES: Readonly<Record<string, PlanStatus>> = {
  proposé: 'PROPOSED',
  priorisé: 'PRIORITISED',
  'en cours': 'IN_PROGRESS',
  fait: 'DONE',
  abandonné: 'ABANDONED',
};

const input = sheet({
  columns: {
    id: code({ header: 'identifiant', required: true, ...planCode }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    title: text({ header: 'titre', required: true, max: 300 }),
    description: text({ header: 'description', max: 4000 }),
    status: oneOf({ header: 'etat', required: true, labels: STATES }),
    commitments: commitmentsColumn,
    starts_on: date({ header: 'debut' }),
    due_on: date({ header: 'echeance' }),
    done_on: date({ header: 'fait_le' }),
    abandoned_because: text({ header: 'motif_abandon', max: 1000 }),
    parent: code({ header: 'plan_superieur', ...planCode }),
    reports: idsColumn('signalements', 'REP'),
    indicators: idsColumn('indicateurs', 'IND'),
    ...publishedColumn,
  },
  rule: (row) => [
    ...territoryAlone(row),
    ...doneProblems(row),
    ...parentProblems(row),
    ...daysInOrder({ debut: row.starts_on, echeance: row.due_on }),
    ...daysInOrder({ debut: row.starts_on, fait_le: row.done_on }),
  ],
});

/** A plan above is carried out somewhere: by another plan, that has a place. */
function parentProblems(row: {
  id: string | null;
  parent: string | null;
  structure: string | null;
  site: string | null;
  territory: string | null;
}): RowProblem[] {
  if (row.parent === null) return [];
  const local = row.structure !== null || row.site !== null || row.territory !== null;
  return local && row.parent !== row.id
    ? []
    : [
        rejected(
          'plan_superieur',
          'BAD_SUBJECT',
          'expected another plan, above the place of this one',
          row.parent,
        ),
      ];
}

/** A plan that is done says since when, another one does not. */
function doneProblems({ status, done_on }: { status: string | null; done_on: string | null }): RowProblem[] {
  if (status === 'DONE' && done_on === null)
    return [rejected('fait_le', 'REQUIRED', 'expected the day on which it was done', '')];
  return status !== 'DONE' && done_on !== null
    ? [rejected('fait_le', 'CONTRADICTORY_STATE', 'expected no day for a plan that is not done', done_on)]
    : [];
}

/** What services do to keep their commitments better, from the nation to a site. */
export const actionPlans = defineFeed({
  name: 'action-plans',
  subgraph: 'improvement',
  description: 'Action plans with their commitments and days: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([actionPlan], async (trx) => {
    await reportFuture(trx, { done_on: 'fait_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, actionPlan.table);
    await checkCommitments(trx, 'commitments', 'engagements');
    await checkParents(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, actionPlan, {
      ...subjectValues,
      id: sql`s.id`,
      title: sql`s.title`,
      description: sql`s.description`,
      status: sql`s.status`,
      commitment_ids: listOf('commitments'),
      starts_on: sql`s.starts_on`,
      due_on: sql`s.due_on`,
      done_on: sql`s.done_on`,
      abandoned_because: sql`s.abandoned_because`,
      parent_id: sql`s.parent`,
      report_ids: listOf('reports'),
      indicator_ids: listOf('indicators'),
      published: publishedValue(options),
    }),
});

/** The items of a cell between commas. */
const listOf = (column: string) => sql`coalesce(string_to_array(${sql.ref(`s.${column}`)}, ','), '{}')`;

const unknownParent = unknownInNetwork({
  code: 'UNKNOWN_PLAN',
  column: 'plan_superieur',
  message: 'no such plan of this network',
  named: 'parent',
  table: 'improvement.action_plan',
});

/** Sets aside the rows whose plan above is not one of their network, in the hub or in the file. */
const checkParents = (trx: ImportTransaction) =>
  reportRows(trx, {
    ...unknownParent,
    where: sql`${unknownParent.where} and not exists (
      select from import_row p where p.id = s.parent and p.network = s.network)`,
  });
