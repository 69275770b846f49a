import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { daysInOrder, reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { checkWhole } from '../../../kernel/import/grouped.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import type { DecisionState, GovernanceBody } from '../governance/tables.ts';
import { checkCommitments, commitmentsColumn } from './commitments.ts';
import { majorCode } from './major-actions.merge.ts';

const session: Entity = {
  name: 'governance_session',
  table: 'improvement.governance_session',
  key: ['id'],
};
const decision: Entity = { name: 'decision', table: 'improvement.decision', key: ['id'] };

const BODIES: Readonly<Record<string, GovernanceBody>> = {
  'comité de pilotage': 'STEERING_COMMITTEE',
  'commission usagers particuliers': 'INDIVIDUALS_COMMISSION',
  'commission usagers entreprises': 'BUSINESSES_COMMISSION',
};

const STATES: Readonly<Record<string, DecisionState>> = {
  prise: 'TAKEN',
  exécutée: 'CARRIED_OUT',
  abandonnée: 'ABANDONED',
};

const input = sheet({
  columns: {
    session: code({
      header: 'seance',
      required: true,
      pattern: /MEETING-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'MEETING- and a code',
    }),
    body: oneOf({ header: 'instance', required: true, labels: BODIES }),
    period: code({
      header: 'semestre',
      pattern: /[1-9]\d{3}-S[12]/,
      expected: 'a half-year such as 2024-S1',
    }),
    held_on: date({ header: 'tenue_le', required: true }),
    summary: text({ header: 'synthese', max: 4000 }),
    id: code({
      header: 'identifiant',
      pattern: /DECISION-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'DECISION- and a code',
    }),
    words: text({ header: 'decision', max: 2000 }),
    commitments: commitmentsColumn,
    due_on: date({ header: 'echeance' }),
    state: oneOf({ header: 'etat', labels: STATES }),
    ended_on: date({ header: 'executee_le' }),
    reason: text({ header: 'motif', max: 1000 }),
    major: code({ header: 'action_majeure', ...majorCode }),
  },
  rule: (row) => [
    ...decisionProblems(row),
    ...daysInOrder({ tenue_le: row.held_on, executee_le: row.ended_on }),
  ],
});

/** A row tells of a decision, whole and with its end, or of nothing but the session. */
function decisionProblems(row: {
  id: string | null;
  words: string | null;
  state: string | null;
  ended_on: string | null;
  reason: string | null;
}): RowProblem[] {
  if (row.id === null) {
    return row.words === null && row.state === null
      ? []
      : [rejected('identifiant', 'REQUIRED', 'expected the identifier of the decision', '')];
  }
  const problems: RowProblem[] = [];
  if (row.words === null) problems.push(rejected('decision', 'REQUIRED', 'expected what was decided', ''));
  const ended = row.state === 'CARRIED_OUT' || row.state === 'ABANDONED';
  if (ended && row.ended_on === null)
    problems.push(rejected('executee_le', 'REQUIRED', 'expected the day of its end', ''));
  if (!ended && row.ended_on !== null) {
    problems.push(
      rejected('executee_le', 'CONTRADICTORY_STATE', 'expected no day for what is not over', row.ended_on),
    );
  }
  if (row.state === 'ABANDONED' && row.reason === null)
    problems.push(rejected('motif', 'REQUIRED', 'expected why it was abandoned', ''));
  return problems;
}

/** The half-year of the day where the file names none. */
const period = sql`coalesce(s.period, extract(year from s.held_on)::text
  || case when extract(month from s.held_on) <= 6 then '-S1' else '-S2' end)`;

/** Sessions of those who steer the programme, one row per decision, or a single one without. */
export const decisions = defineFeed({
  name: 'decisions',
  subgraph: 'improvement',
  description:
    'Sessions of the steering committee and its commissions, and their decisions: template of DITP (CSV)',
  input,
  duplicateKey: ['session', 'id'],
  options: writtenOption,
  scope: () => 'all',
  ...keptFromFiles(
    [session, decision],
    async (trx) => {
      await reportFuture(trx, { held_on: 'tenue_le', ended_on: 'executee_le' });
      await checkCommitments(trx, 'commitments', 'engagements');
      await reportRows(trx, {
        code: 'UNKNOWN_MAJOR_ACTION',
        severity: 'QUARANTINED',
        column: 'action_majeure',
        message: 'no such major action',
        sample: sql`s.major`,
        where: sql`s.major is not null
          and not exists (select from improvement.major_action m where m.id = s.major)`,
      });
      await reportRows(trx, {
        code: 'CONTRADICTORY_ROW',
        severity: 'REJECTED',
        column: 'identifiant',
        message: 'expected a decision to be of one session',
        sample: sql`s.id`,
        where: sql`s.id in (select s.id from import_row s group by s.id having count(distinct s.session) > 1)`,
      });
      await checkWhole(trx, {
        id: 'session',
        header: 'seance',
        columns: ['body', 'period', 'held_on', 'summary'],
        what: 'session',
      });
    },
    { governance_session: 'session' },
  ),
  async merge(trx, { importId }) {
    const sessions = await keepRows(
      trx,
      importId,
      session,
      {
        id: sql`s.session`,
        body: sql`s.body`,
        period,
        held_on: sql`s.held_on`,
        summary: sql`s.summary`,
      },
      sql`(
        select session, body, period, held_on, summary, min(line) as line
          from import_row group by session, body, period, held_on, summary) s`,
    );
    const done = await keepRows(
      trx,
      importId,
      decision,
      {
        id: sql`s.id`,
        session_id: sql`s.session`,
        words: sql`s.words`,
        commitment_ids: sql`coalesce(string_to_array(s.commitments, ','), '{}')`,
        due_on: sql`s.due_on`,
        state: sql`coalesce(s.state, 'TAKEN')`,
        ended_on: sql`s.ended_on`,
        reason: sql`s.reason`,
        major_action_id: sql`s.major`,
      },
      sql`(select * from import_row where id is not null) s`,
    );
    return {
      inserted: done.inserted + sessions.inserted,
      updated: done.updated + sessions.updated,
      unchanged: done.unchanged + sessions.unchanged,
      closed: 0,
    };
  },
});
