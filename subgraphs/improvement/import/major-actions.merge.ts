import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder, reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { checkWhole } from '../../../kernel/import/grouped.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { networkId } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { checkSubject } from '../../../kernel/import/subject.ts';
import type { MajorState } from '../governance/tables.ts';
import { checkCommitments, commitmentsColumn } from './commitments.ts';

const major: Entity = { name: 'major_action', table: 'improvement.major_action', key: ['id'] };

export const majorCode = { pattern: /MAJOR-[\p{L}\p{N}._:-]{1,100}/u, expected: 'MAJOR- and a code' };

const STATES: Readonly<Record<string, MajorState>> = {
  prévue: 'PLANNED',
  'en cours': 'UNDER_WAY',
  terminée: 'DONE',
  arrêtée: 'STOPPED',
};

const input = sheet({
  columns: {
    id: code({ header: 'identifiant', required: true, ...majorCode }),
    // Blank for what several ministries do together.
    network: text({ header: 'reseau', max: 300 }),
    title: text({ header: 'titre', required: true, max: 300 }),
    description: text({ header: 'description', max: 4000 }),
    state: oneOf({ header: 'etat', required: true, labels: STATES }),
    commitments: commitmentsColumn,
    started_on: date({ header: 'commencee_le' }),
    ended_on: date({ header: 'terminee_le' }),
    reason: text({ header: 'motif', max: 1000 }),
    milestone: text({ header: 'jalon', max: 300 }),
    due_on: date({ header: 'echeance' }),
    reached_on: date({ header: 'atteint_le' }),
  },
  rule: (row) => [
    ...endProblems(row),
    ...milestoneProblems(row),
    ...daysInOrder({ commencee_le: row.started_on, terminee_le: row.ended_on }),
  ],
});

/** One that ended says since when, one that was stopped says why. */
function endProblems(row: {
  state: string | null;
  ended_on: string | null;
  reason: string | null;
}): RowProblem[] {
  const ended = row.state === 'DONE' || row.state === 'STOPPED';
  const problems: RowProblem[] = [];
  if (ended && row.ended_on === null)
    problems.push(rejected('terminee_le', 'REQUIRED', 'expected the day on which it ended', ''));
  if (!ended && row.ended_on !== null) {
    problems.push(
      rejected('terminee_le', 'CONTRADICTORY_STATE', 'expected no day for what has not ended', row.ended_on),
    );
  }
  if (row.state === 'STOPPED' && row.reason === null)
    problems.push(rejected('motif', 'REQUIRED', 'expected why it was stopped', ''));
  return problems;
}

/** Days are those of a milestone, and where the action is done every milestone is reached. */
function milestoneProblems(row: {
  state: string | null;
  milestone: string | null;
  due_on: string | null;
  reached_on: string | null;
}): RowProblem[] {
  if (row.milestone === null) {
    return row.due_on === null && row.reached_on === null
      ? []
      : [rejected('jalon', 'REQUIRED', 'expected the milestone that echeance and atteint_le are about', '')];
  }
  if (row.state === 'DONE' && row.reached_on === null) {
    const message = 'expected the day of every milestone of an action that is done';
    return [rejected('atteint_le', 'CONTRADICTORY_STATE', message, '')];
  }
  return row.state === 'PLANNED' && row.reached_on !== null
    ? [
        rejected(
          'atteint_le',
          'CONTRADICTORY_STATE',
          'expected no day before the action began',
          row.reached_on,
        ),
      ]
    : [];
}

/** What is the same in all rows of an action. */
const WHOLE = ['network', 'title', 'description', 'state', 'commitments', 'started_on', 'ended_on', 'reason'];
const whole = sql.join(WHOLE.map((column) => sql.ref(column)));

/** Major actions that are followed nationally: one row per milestone, in their order, or a single one without. */
export const majorActions = defineFeed({
  name: 'major-actions',
  subgraph: 'improvement',
  description: 'Major actions followed nationally and their milestones: template of DITP (CSV)',
  input,
  duplicateKey: ['id', 'milestone'],
  options: writtenOption,
  scope: () => 'all',
  ...keptFromFiles([major], async (trx) => {
    await reportFuture(trx, {
      started_on: 'commencee_le',
      ended_on: 'terminee_le',
      reached_on: 'atteint_le',
    });
    await checkSubject(trx, input.columns);
    await checkCommitments(trx, 'commitments', 'engagements');
    await checkWhole(trx, { columns: WHOLE, what: 'major action' });
  }),
  merge: (trx, { importId }) =>
    keepRows(
      trx,
      importId,
      major,
      {
        id: sql`s.id`,
        network_id: networkId(sql`s.network`),
        title: sql`s.title`,
        description: sql`s.description`,
        state: sql`s.state`,
        commitment_ids: sql`coalesce(string_to_array(s.commitments, ','), '{}')`,
        started_on: sql`s.started_on`,
        ended_on: sql`s.ended_on`,
        reason: sql`s.reason`,
        milestones: sql`s.milestones`,
      },
      sql`(
        select id, ${whole}, min(line) as line, coalesce(
            jsonb_agg(jsonb_build_object('title', milestone, 'dueOn', due_on, 'doneOn', reached_on) order by line)
              filter (where milestone is not null), '[]') as milestones
          from import_row group by id, ${whole}) s`,
    ),
});
