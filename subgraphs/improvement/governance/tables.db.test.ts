import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../../test/kit/columns.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import type { GovernanceDatabase } from './tables.ts';

const SUBJECT = {
  network_id: 'text',
  id: 'text',
  structure_id: 'text null',
  site_id: 'text null',
  territory_id: 'text null',
  version: 'number',
  publication: 'text',
} as const;

const tables: Columns<GovernanceDatabase> = {
  'improvement.working_label': {
    ...SUBJECT,
    state: 'text',
    wanted_level: 'text null',
    applied_on: 'text null',
    reason: 'text null',
    level: 'text null',
    granted_on: 'text null',
    expires_on: 'text null',
    withdrawn_on: 'text null',
  },
  'improvement.published_label_audit': {
    id: 'text',
    label_id: 'text',
    organisation: 'text',
    audited_on: 'text',
    score: 'text',
    conform: 'boolean',
    summary: 'text null',
  },
  'improvement.published_label_survey': {
    id: 'text',
    label_id: 'text',
    kind: 'text',
    surveyed_on: 'text',
    respondents: 'number',
    satisfied: 'number',
  },
  'improvement.published_conference': {
    ...SUBJECT,
    title: 'text',
    planned_on: 'text null',
    held_on: 'text null',
    state: 'text',
    users: 'number',
    agents: 'number',
    local_partners: 'number',
    elected_officials: 'number',
    review_shared: 'boolean',
    summary: 'text null',
    priorities: 'json',
    reason: 'text null',
  },
  'improvement.published_idea': {
    ...SUBJECT,
    title: 'text',
    description: 'text null',
    commitment_ids: 'texts',
    proposed_on: 'text',
    state: 'text',
    plan_id: 'text null',
    done_on: 'text null',
    reason: 'text null',
  },
  'improvement.published_major_action': {
    id: 'text',
    network_id: 'text null',
    title: 'text',
    description: 'text null',
    commitment_ids: 'texts',
    state: 'text',
    started_on: 'text null',
    ended_on: 'text null',
    milestones: 'json',
    reason: 'text null',
    version: 'number',
    reached: 'number',
    milestone_count: 'number',
    progress: 'text null',
  },
  'improvement.published_governance_session': {
    id: 'text',
    body: 'text',
    period: 'text',
    held_on: 'text',
    summary: 'text null',
    version: 'number',
  },
  'improvement.published_decision': {
    id: 'text',
    session_id: 'text',
    words: 'text',
    commitment_ids: 'texts',
    due_on: 'text null',
    state: 'text',
    ended_on: 'text null',
    reason: 'text null',
    major_action_id: 'text null',
    version: 'number',
    taken_on: 'text',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('improvement', 'owner'), 'improvement', tables);
  expect(found).toMatchObject(tables);
});
