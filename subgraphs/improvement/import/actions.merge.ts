import { sql } from 'kysely';
import { code, date, integer, oneOf, text } from '../../../kernel/import/columns.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { networkId } from '../../../kernel/import/resolve.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { checkIds, checkSubject, networkColumn } from '../../../kernel/import/subject.ts';
import type { ActionStatus, OwnerRole } from '../tables.ts';
import { planCode } from './action-plans.merge.ts';
import { action } from './entities.ts';
import { checkPlans } from './plans.ts';

const STATES: Readonly<Record<string, ActionStatus>> = {
  'à faire': 'TO_DO',
  'en cours': 'IN_PROGRESS',
  fait: 'DONE',
  abandonné: 'ABANDONED',
};

const ROLES: Readonly<Record<string, OwnerRole>> = {
  'correspondant national': 'NATIONAL_CORRESPONDENT',
  'référent local': 'LOCAL_REFERENT',
  'responsable du site': 'SITE_MANAGER',
  "responsable d'accueil": 'RECEPTION_LEAD',
  "responsable de l'accueil téléphonique": 'PHONE_LEAD',
  'responsable des démarches en ligne': 'DIGITAL_LEAD',
  'responsable qualité': 'QUALITY_LEAD',
  'responsable de la communication': 'COMMUNICATION_LEAD',
  'responsable des ressources humaines': 'HR_LEAD',
  autre: 'OTHER',
};

const input = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /ACT-[\p{L}\p{N}._:-]{1,100}/u,
      expected: 'ACT- and a code',
    }),
    ...networkColumn,
    plan: code({ header: 'plan', required: true, ...planCode }),
    title: text({ header: 'titre', required: true, max: 300 }),
    description: text({ header: 'description', max: 2000 }),
    status: oneOf({ header: 'etat', required: true, labels: STATES }),
    owner_role: oneOf({ header: 'responsable', required: true, labels: ROLES }),
    owner_words: text({ header: 'responsable_precise', max: 120 }),
    due_on: date({ header: 'echeance' }),
    done_on: date({ header: 'fait_le' }),
    progress: integer({ header: 'avancement', min: 0, max: 100 }),
    abandoned_because: text({ header: 'motif_abandon', max: 1000 }),
    ...publishedColumn,
  },
  rule: (row) => [...doneProblems(row), ...ownerProblems(row)],
});

/** What is done says since when, and only that; it is whole. */
function doneProblems(row: {
  status: string | null;
  done_on: string | null;
  progress: string | null;
}): RowProblem[] {
  const problems: RowProblem[] = [];
  if (row.status === 'DONE' && row.done_on === null)
    problems.push(rejected('fait_le', 'REQUIRED', 'expected the day on which it was done', ''));
  if (row.status !== 'DONE' && row.done_on !== null)
    problems.push(
      rejected(
        'fait_le',
        'CONTRADICTORY_STATE',
        'expected no day for an action that is not done',
        row.done_on,
      ),
    );
  if (row.status === 'DONE' && row.progress !== null && row.progress !== '100')
    problems.push(
      rejected('avancement', 'CONTRADICTORY_STATE', 'expected 100 for an action that is done', row.progress),
    );
  return problems;
}

/** Who answers for it is a role, and never a person. */
function ownerProblems(row: { owner_role: string | null; owner_words: string | null }): RowProblem[] {
  if (row.owner_words?.includes('@'))
    // Without its sample: a report tells no address.
    return [rejected('responsable_precise', 'PERSONAL_DATA', 'expected a role, never an address')];
  return row.owner_role === 'OTHER' && row.owner_words === null
    ? [rejected('responsable_precise', 'REQUIRED', 'expected the role in words', '')]
    : [];
}

/** Actions of plans, about whom their plan is. */
export const actions = defineFeed({
  name: 'actions',
  subgraph: 'improvement',
  description: 'Actions of plans with their owners by role: template for headquarters (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([action], async (trx) => {
    await reportFuture(trx, { done_on: 'fait_le' });
    await checkSubject(trx, input.columns);
    await checkIds(trx, action.table);
    await checkPlans(trx);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(
      trx,
      importId,
      action,
      {
        network_id: sql`s.network_id`,
        structure_id: sql`s.structure_id`,
        site_id: sql`s.site_id`,
        territory_id: sql`s.territory_id`,
        id: sql`s.id`,
        plan_id: sql`s.plan`,
        title: sql`s.title`,
        description: sql`s.description`,
        status: sql`s.status`,
        owner_role: sql`s.owner_role`,
        owner_words: sql`s.owner_words`,
        due_on: sql`s.due_on`,
        done_on: sql`s.done_on`,
        progress: sql`case when s.status = 'DONE' then 100 else coalesce(s.progress, 0) end`,
        abandoned_because: sql`s.abandoned_because`,
        published: publishedValue(options),
      },
      sql`(
        select r.*, p.network_id, p.structure_id, p.site_id, p.territory_id
          from import_row r
          join improvement.action_plan p on p.id = r.plan and p.network_id = ${networkId(sql`r.network`)}
      ) s`,
    ),
});
