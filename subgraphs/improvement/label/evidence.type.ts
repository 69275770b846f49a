import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import type { LabelAuditRow, LabelSurveyRow } from '../governance/tables.ts';
import { Label } from './label.type.ts';

export const SurveyKindEnum = builder.enumType('LabelSurveyKind', {
  description: 'Who was asked.',
  values: {
    USERS: { description: 'Users of the service.' },
    AGENTS: { description: 'Agents of the service.' },
  },
});

export const LabelAudit = builder.objectRef<LabelAuditRow>('LabelAudit').implement({
  description: 'What an external audit found of a service that applied for the label.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'AUDIT-<key>.' }),
    organisation: t.exposeString('organisation', { description: 'Who made it.' }),
    auditedOn: t.expose('audited_on', { type: 'Date', description: 'Day on which it was made.' }),
    score: t.float({ description: 'From 0 to 100.', resolve: ({ score }) => toNumber(score) }),
    conform: t.exposeBoolean('conform', { description: 'Whether the service keeps the rules of the label.' }),
    summary: t.exposeString('summary', { nullable: true, description: 'What was found, in short.' }),
  }),
});

export const LabelSurvey = builder.objectRef<LabelSurveyRow & { share: string }>('LabelSurvey').implement({
  description: 'What a survey of users or of agents found at a service that applied for the label.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'SURVEY-<key>.' }),
    kind: t.expose('kind', { type: SurveyKindEnum, description: 'Who was asked.' }),
    surveyedOn: t.expose('surveyed_on', { type: 'Date', description: 'Day on which it ended.' }),
    respondents: t.exposeInt('respondents', { description: 'How many answered.' }),
    satisfied: t.exposeInt('satisfied', { description: 'How many of them are satisfied.' }),
    satisfiedShare: t.float({
      description: 'Share of those who answered that are satisfied, per cent, exact to six decimals.',
      resolve: ({ share }) => toNumber(share),
    }),
  }),
});

builder.objectFields(Label, (t) => ({
  audits: t.field({
    type: [LabelAudit],
    nullable: true,
    description: 'The external audits that it was awarded on, the first one first.',
    resolve: ({ id }, _args, { governance }) => governance.evidence.published.audits.load(id),
  }),
  surveys: t.field({
    type: [LabelSurvey],
    nullable: true,
    description: 'The surveys that it was awarded on, the first one first.',
    resolve: ({ id }, _args, { governance }) => governance.evidence.published.surveys.load(id),
  }),
}));
