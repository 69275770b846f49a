import { sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { code, date, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { checkWhole } from '../../../kernel/import/grouped.ts';
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
import type { ConferenceState } from '../governance/tables.ts';
import { planCode } from './action-plans.merge.ts';
import { checkCommitments, oneCommitmentColumn } from './commitments.ts';
import { checkPlans } from './plans.ts';

const conference: Entity = {
  name: 'conference',
  table: 'improvement.conference',
  key: ['network_id', 'id'],
};

const STATES: Readonly<Record<string, ConferenceState>> = {
  prévue: 'PLANNED',
  tenue: 'HELD',
  annulée: 'CANCELLED',
};

const present = (header: string) => integer({ header, min: 0, max: 100_000 });

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /CONF-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'CONF- and a code',
    }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    title: text({ header: 'titre', required: true, max: 300 }),
    state: oneOf({ header: 'etat', required: true, labels: STATES }),
    planned_on: date({ header: 'prevue_le' }),
    held_on: date({ header: 'tenue_le' }),
    users: present('usagers'),
    agents: present('agents'),
    local_partners: present('partenaires'),
    elected_officials: present('elus'),
    review_shared: oneOf({ header: 'bilan_partage', labels: { oui: 'true', non: 'false' } }),
    summary: text({ header: 'synthese', max: 4000 }),
    reason: text({ header: 'motif', max: 1000 }),
    priority: text({ header: 'priorite', max: 500 }),
    commitment: oneCommitmentColumn,
    plan: code({ header: 'plan', ...planCode }),
    ...publishedColumn,
  },
  rule: (row) => [...territoryAlone(row), ...heldProblems(row), ...priorityProblems(row)],
});

/** One that was held says when and who was there; another one does not. */
function heldProblems(row: {
  state: string | null;
  held_on: string | null;
  users: string | null;
  agents: string | null;
  local_partners: string | null;
  elected_officials: string | null;
}): RowProblem[] {
  if (row.state !== 'HELD') {
    return row.held_on === null
      ? []
      : [rejected('tenue_le', 'CONTRADICTORY_STATE', 'expected no day unless it was held', row.held_on)];
  }
  const there = [row.users, row.agents, row.local_partners, row.elected_officials];
  return [
    ...(row.held_on === null
      ? [rejected('tenue_le', 'REQUIRED', 'expected the day on which it was held', '')]
      : []),
    ...(there.filter((count) => Number(count ?? 0) > 0).length < 2
      ? [rejected('usagers', 'TOO_FEW_COLLEGES', 'expected participants of two colleges at least', null)]
      : []),
  ];
}

/** A commitment or a plan is that of a priority. */
function priorityProblems(row: {
  priority: string | null;
  commitment: string | null;
  plan: string | null;
}): RowProblem[] {
  return row.priority === null && (row.commitment !== null || row.plan !== null)
    ? [rejected('priorite', 'REQUIRED', 'expected the priority that engagement and plan are about', '')]
    : [];
}

/** What is the same in all rows of a conference. */
const WHOLE = [
  'network',
  'structure',
  'site',
  'territory',
  'title',
  'state',
  'planned_on',
  'held_on',
  'users',
  'agents',
  'local_partners',
  'elected_officials',
  'review_shared',
  'summary',
  'reason',
  'published',
];
const whole = sql.join(WHOLE.map((column) => sql.ref(column)));

/**
 * Conferences with users, agents, local partners and elected officials: one row per priority, in their order, or a
 * single one without. One that was held is public where the file says so.
 */
export const conferences = defineFeed({
  name: 'conferences',
  subgraph: 'improvement',
  description:
    'Conferences of stakeholders and the priorities that they set: template for headquarters (CSV)',
  input,
  duplicateKey: ['id', 'priority'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([conference], async (trx) => {
    await reportFuture(trx, { held_on: 'tenue_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, conference.table);
    await checkCommitments(trx, 'commitment', 'engagement');
    await checkPlans(trx);
    await checkWhole(trx, { columns: WHOLE, what: 'conference' });
  }),
  merge: (trx, { importId, options }) => {
    const isPublic = sql<boolean>`(${publishedValue(options)} and s.state = 'HELD')`;
    return keepRows(
      trx,
      importId,
      conference,
      {
        ...subjectValues,
        id: sql`s.id`,
        title: sql`s.title`,
        state: sql`case when ${isPublic} then 'PUBLISHED' else s.state end`,
        planned_on: sql`s.planned_on`,
        held_on: sql`s.held_on`,
        users: sql`coalesce(s.users, 0)`,
        agents: sql`coalesce(s.agents, 0)`,
        local_partners: sql`coalesce(s.local_partners, 0)`,
        elected_officials: sql`coalesce(s.elected_officials, 0)`,
        review_shared: sql`coalesce(s.review_shared::boolean, false)`,
        summary: sql`s.summary`,
        reason: sql`s.reason`,
        priorities: sql`s.priorities`,
        published: isPublic,
      },
      sql`(
        select id, ${whole}, min(line) as line, coalesce(
            jsonb_agg(jsonb_build_object('words', priority, 'commitmentId', commitment, 'planId', plan) order by line)
              filter (where priority is not null), '[]') as priorities
          from import_row group by id, ${whole}) s`,
    );
  },
});
