import { internal } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { reaches } from '../../../kernel/viewer.ts';
import { builder, PageInfo } from '../builder.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { factFields } from '../fact/fact-fields.type.ts';
import { foundByNode, REF } from '../fact/node.type.ts';
import type { Fact } from '../fact/sources.ts';
import { ImprovementWork } from '../fact/work.type.ts';
import type { ConferenceRow, Priority } from '../governance/tables.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { Commitment, SUBJECTS } from '../subject/stubs.type.ts';
import { conferenceWorkflow } from './conference.workflow.ts';

const ConferenceStateEnum = builder.enumType('ConferenceState', {
  description: 'How far a conference is; the public sees those that are published.',
  values: {
    PLANNED: { description: conferenceWorkflow.states.PLANNED },
    HELD: { description: conferenceWorkflow.states.HELD },
    PUBLISHED: { description: conferenceWorkflow.states.PUBLISHED },
    CANCELLED: { description: conferenceWorkflow.states.CANCELLED },
  },
});

const CollegeEnum = builder.enumType('StakeholderCollege', {
  description: 'The parties of a conference of stakeholders.',
  values: {
    USERS: { description: 'Users.' },
    AGENTS: { description: 'Agents of the service.' },
    LOCAL_PARTNERS: { description: 'Local partners.' },
    ELECTED_OFFICIALS: { description: 'Elected officials.' },
  },
});

const COLLEGES = {
  USERS: 'users',
  AGENTS: 'agents',
  LOCAL_PARTNERS: 'local_partners',
  ELECTED_OFFICIALS: 'elected_officials',
} as const;

const ConferenceCollege = builder
  .objectRef<{ college: keyof typeof COLLEGES; participants: number }>('ConferenceCollege')
  .implement({
    description: 'A party that was at a conference.',
    fields: (t) => ({
      college: t.expose('college', { type: CollegeEnum, description: 'Which one.' }),
      participants: t.exposeInt('participants', { description: 'How many of it were there.' }),
    }),
  });

const ConferencePriority = builder
  .objectRef<Priority & { working: boolean }>('ConferencePriority')
  .implement({
    description: 'What a conference set as a priority.',
    fields: (t) => ({
      words: t.exposeString('words', { description: 'The priority, in words.' }),
      commitment: t.field({
        type: Commitment,
        nullable: true,
        description: 'The commitment that it serves.',
        resolve: ({ commitmentId }) => stubOf(commitmentId),
      }),
      plan: t.field({
        type: ActionPlan,
        nullable: true,
        description: 'The action plan that carries it out, once it is public.',
        resolve: ({ planId, working }, _args, context) =>
          planId === null ? null : (working ? context.working : context).plans.byId.load(planId),
      }),
    }),
  });

export const Conference = builder.objectRef<Fact<ConferenceRow>>('Conference').implement({
  ...foundByNode((id, { governance }) => governance.conferences.published.byId.load(id)),
  description:
    'A conference where a service shared its review of the year with users, agents, local partners and elected ' +
    'officials, who set its priorities.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'CONF-<key>.' }),
    ref: t.exposeID('id', REF),
    title: t.exposeString('title', { description: 'Its title.' }),
    state: t.expose('state', { type: ConferenceStateEnum, description: 'How far it is.' }),
    plannedOn: t.expose('planned_on', {
      type: 'Date',
      nullable: true,
      description: 'Day for which it was planned.',
    }),
    heldOn: t.expose('held_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was held.',
    }),
    colleges: t.field({
      type: [ConferenceCollege],
      description: 'Who was there: numbers, never names.',
      resolve: (row) =>
        (Object.keys(COLLEGES) as (keyof typeof COLLEGES)[])
          .map((college) => ({ college, participants: row[COLLEGES[college]] }))
          .filter(({ participants }) => participants > 0),
    }),
    participants: t.int({
      description: 'How many were there, all colleges together.',
      resolve: ({ users, agents, local_partners, elected_officials }) =>
        users + agents + local_partners + elected_officials,
    }),
    reviewShared: t.exposeBoolean('review_shared', {
      description: 'Whether the review of the year was shared with them.',
    }),
    summary: t.exposeString('summary', { nullable: true, description: 'What was said, in short.' }),
    priorities: t.field({
      type: [ConferencePriority],
      description: 'The priorities that it set, the first one first.',
      resolve: ({ priorities, working = false }) => priorities.map((each) => ({ ...each, working })),
    }),
    reason: t.string({
      nullable: true,
      ...internal('improvement:read'),
      description: 'Why it was cancelled or taken back.',
      // Of another network it is nobody's business here, public or not.
      resolve: ({ reason, network_id }, _args, { viewer }) =>
        reaches(viewer, network_id) ? (reason ?? null) : null,
    }),
  }),
});
factFields(Conference);

const ConferenceConnection = connectionType(builder, PageInfo, 'Conference', Conference);

const ConferenceFilter = builder.inputType('ConferenceFilter', {
  description: 'Restricts a selection of conferences; every condition given must hold.',
  fields: (t) => ({
    ...subjectFilter(t),
    heldFrom: t.field({ type: 'Date', description: 'It was held on this day or later.' }),
    heldUntil: t.field({ type: 'Date', description: 'It was held on this day or earlier.' }),
    state: t.field({ type: [ConferenceStateEnum], description: 'It is in one of these states.' }),
  }),
});

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: ConferenceFilter, description: 'Which of them.' }) })),
};

/** The filter as lists of facts take it. */
const filtered = ({ heldFrom, heldUntil, state, ...place }: typeof ConferenceFilter.$inferInput) => ({
  ...place,
  from: { held_on: heldFrom },
  until: { held_on: heldUntil },
  is: { state },
});

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'conferences', (t) =>
    t.field({
      type: ConferenceConnection,
      nullable: true,
      description: `Published conferences of stakeholders ${whose}, latest first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { governance }) =>
        governance.conferences.published.pages(kind, id, { ...page, filter: filtered(filter ?? {}) }),
    }),
  );
}

builder.objectField(ImprovementWork, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    nullable: true,
    description: 'Its conferences of stakeholders, published or not, latest held first.',
    args: LIST_ARGUMENTS,
    resolve: ({ networkId }, { filter, ...page }, { governance }) =>
      governance.conferences.working.pages('NETWORK', networkId, {
        ...page,
        filter: filtered(filter ?? {}),
      }),
  }),
);

builder.queryFields((t) => ({
  conference: t.field({
    type: Conference,
    nullable: true,
    description: 'A published conference of stakeholders, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.conferences.published.byId.load(id),
  }),
  conferences: t.field({
    type: ConferenceConnection,
    nullable: true,
    description: 'Published conferences of stakeholders, latest first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { governance }) =>
      governance.conferences.published.pages('EVERYTHING', '', {
        ...page,
        filter: filtered(filter ?? {}),
      }),
  }),
}));
