import { sql } from 'kysely';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder, reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
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
    ...publishedColumn,
  },
  rule: (row) => [
    ...territoryAlone(row),
    ...doneProblems(row),
    ...daysInOrder({ debut: row.starts_on, echeance: row.due_on }),
    ...daysInOrder({ debut: row.starts_on, fait_le: row.done_on }),
  ],
});

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
  options: publishedOption,
  scope: () => 'all',
  async check(trx) {
    await reportFuture(trx, { done_on: 'fait_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, actionPlan.table);
    await checkCommitments(trx, 'commitments', 'engagements');
  },
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, actionPlan, {
      ...subjectValues,
      id: sql`s.id`,
      title: sql`s.title`,
      description: sql`s.description`,
      status: sql`s.status`,
      commitment_ids: sql`coalesce(string_to_array(s.commitments, ','), '{}')`,
      starts_on: sql`s.starts_on`,
      due_on: sql`s.due_on`,
      done_on: sql`s.done_on`,
      published: publishedValue(options),
    }),
  entities: [actionPlan],
});
