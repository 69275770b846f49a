import { internalOnly } from '../../../kernel/graphql/access.ts';
import { stepEnum } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import type { HintCode, HintField } from './hints.ts';
import { moderationWorkflow } from './moderation.workflow.ts';
import { REASONS, type Reason } from './reasons.ts';
import type { TestimonyState } from './tables.ts';

/** The values of an enum that only the internal contract shows. */
const described = <T extends string>(meanings: Readonly<Record<T, string>>) =>
  Object.fromEntries(
    Object.entries<string>(meanings).map(([value, description]) => [value, { description }]),
  ) as Record<T, { description: string }>;

export const RejectionReasonEnum = builder.enumType('RejectionReason', {
  ...internalOnly,
  description:
    'Why a testimony is not published, after the charter of the platform. Always a person’s decision.',
  values: described<Reason>(REASONS),
});

export const TestimonyStateEnum = builder.enumType('TestimonyState', {
  description: 'Where a testimony stands; see docs/workflows.md.',
  values: described<TestimonyState>(moderationWorkflow.states),
});

export const QueueStateEnum = builder.enumType('ModerationQueueState', {
  ...internalOnly,
  description: 'What the moderation has before it.',
  values: described<Exclude<TestimonyState, 'PUBLISHED'>>({
    SUBMITTED: moderationWorkflow.states.SUBMITTED,
    REJECTED: moderationWorkflow.states.REJECTED,
  }),
});

export const ModerationStepEnum = stepEnum(builder, 'ModerationStep', moderationWorkflow);

const FIELDS: Readonly<Record<HintField, string>> = {
  TITLE: 'The title.',
  BODY: 'The text.',
  PSEUDONYM: 'The name that the user chose.',
};

export const HintFieldEnum = builder.enumType('ModerationHintField', {
  ...internalOnly,
  description: 'Which text of a testimony.',
  values: described<HintField>(FIELDS),
});

const CODES: Readonly<Record<HintCode, string>> = {
  EMAIL: 'An e-mail address.',
  PHONE: 'A French phone number.',
  SOCIAL_SECURITY_NUMBER: 'A French social security number, its key checked where it is there.',
  IBAN: 'A bank account number, its key checked.',
  NUMBER_PLATE: 'A French number plate.',
  NAMED_PERSON: 'A title followed by a name: « Mme Dupont ».',
  INSULT: 'A strong word.',
  SHOUTING: 'Several words in capitals.',
};

export const HintCodeEnum = builder.enumType('ModerationHintCode', {
  ...internalOnly,
  description: 'What was found.',
  values: described<HintCode>(CODES),
});
