import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder, reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
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
import type { IdeaState } from '../governance/tables.ts';
import { planCode } from './action-plans.merge.ts';
import { checkCommitments, commitmentsColumn } from './commitments.ts';
import { checkPlans } from './plans.ts';

const idea: Entity = { name: 'idea', table: 'improvement.idea', key: ['network_id', 'id'] };

const STATES: Readonly<Record<string, IdeaState>> = {
  proposée: 'PROPOSED',
  adoptée: 'ADOPTED',
  faite: 'DONE',
  écartée: 'SET_ASIDE',
};

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /IDEA-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'IDEA- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    title: text({ header: 'titre', required: true, max: 300 }),
    description: text({ header: 'description', max: 4000 }),
    state: oneOf({ header: 'etat', required: true, labels: STATES }),
    commitments: commitmentsColumn,
    proposed_on: date({ header: 'proposee_le', required: true }),
    done_on: date({ header: 'faite_le' }),
    reason: text({ header: 'motif', max: 1000 }),
    plan: code({ header: 'plan', ...planCode }),
    ...publishedColumn,
  },
  rule: (row) => [
    ...territoryAlone(row),
    ...stateProblems(row),
    ...daysInOrder({ proposee_le: row.proposed_on, faite_le: row.done_on }),
  ],
});

/** One that is done says since when, one that was set aside says why, and only what was adopted is for everybody. */
function stateProblems(row: {
  state: string | null;
  done_on: string | null;
  reason: string | null;
  published: string | null;
}): RowProblem[] {
  const problems: RowProblem[] = [];
  if (row.state === 'DONE' && row.done_on === null)
    problems.push(rejected('faite_le', 'REQUIRED', 'expected the day on which it was done', ''));
  if (row.state !== 'DONE' && row.done_on !== null) {
    problems.push(
      rejected(
        'faite_le',
        'CONTRADICTORY_STATE',
        'expected no day for an idea that is not done',
        row.done_on,
      ),
    );
  }
  if (row.state === 'SET_ASIDE' && row.reason === null)
    problems.push(rejected('motif', 'REQUIRED', 'expected why it was set aside', ''));
  if (row.published === 'true' && row.state !== 'ADOPTED' && row.state !== 'DONE') {
    problems.push(
      rejected('publie', 'CONTRADICTORY_STATE', 'expected oui only for an idea that was adopted', 'oui'),
    );
  }
  return problems;
}

/** What agents suggested, and what became of it. */
export const ideas = defineFeed({
  name: 'ideas',
  subgraph: 'improvement',
  description: 'Ideas of agents and what became of them: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([idea], async (trx) => {
    await reportFuture(trx, { proposed_on: 'proposee_le', done_on: 'faite_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, idea.table);
    await checkCommitments(trx, 'commitments', 'engagements');
    await checkPlans(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, idea, {
      ...subjectValues,
      id: sql`s.id`,
      title: sql`s.title`,
      description: sql`s.description`,
      state: sql`s.state`,
      commitment_ids: sql`coalesce(string_to_array(s.commitments, ','), '{}')`,
      proposed_on: sql`s.proposed_on`,
      done_on: sql`s.done_on`,
      reason: sql`s.reason`,
      plan_id: sql`s.plan`,
      published: sql`(${publishedValue(options)} and s.state in ('ADOPTED', 'DONE'))`,
    }),
});
