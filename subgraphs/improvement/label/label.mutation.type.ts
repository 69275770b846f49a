import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload } from '../fact/publication.type.ts';
import { stepMutation } from '../fact/step.type.ts';
import { FactSubject } from '../fact/subject.input.type.ts';
import { LabelApplication } from './application.type.ts';
import { applyForLabel } from './apply.ts';
import { awardLabel } from './award.ts';
import { SurveyKindEnum } from './evidence.type.ts';
import { LabelLevelEnum } from './label.type.ts';
import { refuseLabel, startReview, withdrawLabel } from './move.ts';
import { recordAudit, recordSurvey } from './record.ts';

const ApplyInput = builder.inputType('ApplyForLabelInput', {
  ...internalOnly,
  description: 'Who applies for which label.',
  fields: (t) => ({
    ...keyFields(t),
    subject: t.field({ type: FactSubject, required: true, description: 'The structure or the site.' }),
    level: t.field({ type: LabelLevelEnum, required: true, description: 'The level that it wants.' }),
  }),
});

const AuditInput = builder.inputType('RecordLabelAuditInput', {
  ...internalOnly,
  description: 'What an external audit found of a label under review.',
  fields: (t) => ({
    ...versionFields(t),
    organisation: t.string({ required: true, description: 'Who made it; 300 characters at most.' }),
    on: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it was made, since the application, today at the latest.',
    }),
    score: t.float({ required: true, description: 'From 0 to 100.' }),
    conform: t.boolean({
      required: true,
      description: 'Whether the service keeps the rules of the label.',
    }),
    summary: t.string({
      description: 'What was found, in short: public once the label is awarded; 2 000 characters at most.',
    }),
  }),
});

const SurveyInput = builder.inputType('RecordLabelSurveyInput', {
  ...internalOnly,
  description: 'What a survey found at a service whose label is under review: public once it is awarded.',
  fields: (t) => ({
    ...versionFields(t),
    kind: t.field({ type: SurveyKindEnum, required: true, description: 'Who was asked.' }),
    on: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it ended, since the application, today at the latest.',
    }),
    respondents: t.int({ required: true, description: 'How many answered, one at least.' }),
    satisfied: t.int({ required: true, description: 'How many of them are satisfied.' }),
  }),
});

const AwardInput = builder.inputType('AwardLabelInput', {
  ...internalOnly,
  description: 'The label that is awarded.',
  fields: (t) => ({
    ...versionFields(t),
    level: t.field({ type: LabelLevelEnum, required: true, description: 'The level that is given.' }),
    grantedOn: t.field({
      type: 'Date',
      required: true,
      description: 'First of its three years, after the last audit, today at the latest.',
    }),
  }),
});

const Payload = factPayload(
  'LabelPayload',
  'application',
  LabelApplication,
  ({ governance }) => governance.applications,
);

builder.mutationFields((t) => ({
  applyForLabel: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Applies for the quality label: one application at a time for each place.',
    args: { input: t.arg({ type: ApplyInput, required: true, description: 'The application.' }) },
    resolve: (_root, { input }, { writing }) => applyForLabel(writing, input),
  }),
  recordLabelAudit: t.field({
    type: Payload,
    nullable: true,
    ...internal('labels:award'),
    description: 'Records what an external audit found.',
    args: { input: t.arg({ type: AuditInput, required: true, description: 'The audit.' }) },
    resolve: (_root, { input }, { writing }) => recordAudit(writing, input),
  }),
  recordLabelSurvey: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Records what a survey of users or of agents found.',
    args: { input: t.arg({ type: SurveyInput, required: true, description: 'The survey.' }) },
    resolve: (_root, { input }, { writing }) => recordSurvey(writing, input),
  }),
  awardLabel: t.field({
    type: Payload,
    nullable: true,
    ...internal('labels:award'),
    description:
      'Awards a label for three years and shows it to everybody: since the application, the last external audit is ' +
      'conform, and users and agents were asked.',
    args: { input: t.arg({ type: AwardInput, required: true, description: 'The award.' }) },
    resolve: (_root, { input }, { writing }) => awardLabel(writing, input),
  }),
}));

const scope = 'labels:award';
stepMutation(
  'startLabelReview',
  Payload,
  { scope, description: 'Opens the review of an application.' },
  startReview,
);
stepMutation(
  'refuseLabel',
  Payload,
  { scope, description: 'Refuses an application, with a reason.' },
  refuseLabel,
);
stepMutation(
  'withdrawLabel',
  Payload,
  {
    scope,
    description: 'Takes an awarded label back from today on, with a reason; it stays public, as it was.',
  },
  withdrawLabel,
);
