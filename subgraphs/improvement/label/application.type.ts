import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import { factFields } from '../fact/fact-fields.type.ts';
import { ImprovementWork } from '../fact/work.type.ts';
import type { ApplicationRow } from '../governance/tables.ts';
import { LabelAudit, LabelSurvey } from './evidence.type.ts';
import { Label, LabelLevelEnum } from './label.type.ts';
import { labelWorkflow } from './label.workflow.ts';

const LabelStateEnum = builder.enumType('LabelState', {
  ...internalOnly,
  description: 'How far a label is; see docs/workflows.md.',
  values: {
    APPLIED: { description: labelWorkflow.states.APPLIED },
    UNDER_REVIEW: { description: labelWorkflow.states.UNDER_REVIEW },
    AWARDED: { description: labelWorkflow.states.AWARDED },
    REFUSED: { description: labelWorkflow.states.REFUSED },
    WITHDRAWN: { description: labelWorkflow.states.WITHDRAWN },
  },
});

export const LabelApplication = builder.objectRef<ApplicationRow>('LabelApplication').implement({
  ...internal('improvement:read'),
  description:
    'A label as those see it who work on it: from the application to the award, and to its withdrawal.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'LABEL-<key>, that of the label too.' }),
    state: t.expose('state', { type: LabelStateEnum, description: 'How far it is.' }),
    wantedLevel: t.expose('wanted_level', {
      type: LabelLevelEnum,
      nullable: true,
      description: 'The level that was applied for; null where only the label is known.',
    }),
    appliedOn: t.expose('applied_on', {
      type: 'Date',
      nullable: true,
      description: 'Day of the application; null where only the label is known.',
    }),
    level: t.expose('level', {
      type: LabelLevelEnum,
      nullable: true,
      description: 'The level that was awarded.',
    }),
    grantedOn: t.expose('granted_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was awarded.',
    }),
    expiresOn: t.expose('expires_on', {
      type: 'Date',
      nullable: true,
      description: 'Last day on which it holds.',
    }),
    withdrawnOn: t.expose('withdrawn_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was taken back.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it was refused or withdrawn.',
    }),
    label: t.field({
      type: Label,
      nullable: true,
      description: 'The label as everybody sees it; null while it is not public.',
      resolve: ({ id }, _args, { labels }) => labels.byId.load(id),
    }),
    audits: t.field({
      type: [LabelAudit],
      nullable: true,
      description: 'The external audits that were recorded, the first one first.',
      resolve: ({ id }, _args, { governance }) => governance.evidence.working.audits.load(id),
    }),
    surveys: t.field({
      type: [LabelSurvey],
      nullable: true,
      description: 'The surveys that were recorded, the first one first.',
      resolve: ({ id }, _args, { governance }) => governance.evidence.working.surveys.load(id),
    }),
  }),
});
factFields(LabelApplication);

const LabelApplicationConnection = connectionType(builder, PageInfo, 'LabelApplication', LabelApplication, {
  internal: true,
});

const LabelApplicationFilter = builder.inputType('LabelApplicationFilter', {
  ...internalOnly,
  description: 'Restricts a selection of labels that are worked on; every condition given must hold.',
  fields: (t) => ({
    structure: t.id({ description: 'It is about this structure, or one below it.' }),
    site: t.id({ description: 'It is about this site.' }),
    state: t.field({ type: [LabelStateEnum], description: 'It is in one of these states.' }),
  }),
});

builder.objectField(ImprovementWork, 'labelApplications', (t) =>
  t.field({
    type: LabelApplicationConnection,
    nullable: true,
    description: 'Its labels, applied for, awarded or not, latest application first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: LabelApplicationFilter, description: 'Which of them.' }),
    },
    resolve: ({ networkId }, { filter, ...page }, { governance }) => {
      const { state, ...place } = filter ?? {};
      return governance.applications.pages('NETWORK', networkId, {
        ...page,
        filter: { ...place, is: { state } },
      });
    },
  }),
);

builder.queryField('labelApplication', (t) =>
  t.field({
    type: LabelApplication,
    nullable: true,
    ...internal('improvement:read'),
    description: 'A label that the viewer works on; null for one that does not exist or is out of reach.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.applications.byId.load(id),
  }),
);
