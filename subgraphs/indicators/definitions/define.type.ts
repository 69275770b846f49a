import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { UserError as Mistake } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { KEY_DESCRIPTION } from '../drafts/result-input.type.ts';
import {
  ComparabilityEnum,
  DirectionEnum,
  FamilyEnum,
  FrequencyEnum,
  UnitEnum,
} from '../indicator/enums.type.ts';
import { Indicator } from '../indicator/indicator.type.ts';
import { defineIndicator } from './define.ts';

const FormulaEnum = builder.enumType('IndicatorFormula', {
  ...internalOnly,
  description: 'How a value comes from its parts.',
  values: {
    RATIO: { description: '100 × numerator / denominator, in percent.' },
    MEAN: { description: 'Numerator / denominator, in minutes, days or points out of ten.' },
    FAVOURABLE: { description: 'Share of the favourable answers (très and plutôt), in percent.' },
    NET: { description: 'Share of favourable minus share of unfavourable answers, in points.' },
    SUM: { description: 'Sum of counts.' },
  } as const,
});

const DefineIndicatorInput = builder.inputType('DefineIndicatorInput', {
  ...internalOnly,
  description: 'What an indicator means from now on.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
    network: t.id({
      description: 'Whose indicator: id of a network; none for the common core, which is for DITP.',
    }),
    indicator: t.id({ description: 'The indicator to define anew; a new one when omitted.' }),
    version: t.int({
      description: 'The `revision` of the indicator that was read: another one is a CONFLICT.',
    }),
    code: t.string({
      description:
        'Code of a new indicator, with or without IND-: 1 to 60 letters, digits, dots, hyphens, underscores.',
    }),
    title: t.string({ required: true, description: 'Official title, in French; 300 characters at most.' }),
    userTitle: t.string({ required: true, description: 'Title in plain language, in French.' }),
    question: t.string({ description: 'Question asked to users, verbatim; 2 000 characters at most.' }),
    family: t.field({ type: FamilyEnum, required: true, description: 'What it is about.' }),
    unit: t.field({ type: UnitEnum, required: true, description: 'Unit of its values.' }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'Which values are better.' }),
    frequency: t.field({ type: FrequencyEnum, required: true, description: 'How often it is published.' }),
    formula: t.field({ type: FormulaEnum, description: 'How a value comes from its parts, where declared.' }),
    methods: t.string({ description: 'How it is measured; 10 000 characters at most.' }),
    sources: t.string({ description: 'Where the data comes from; 10 000 characters at most.' }),
    validFrom: t.field({
      type: 'Date',
      description:
        'First day of a new meaning, today when omitted: results of periods that end from then on are measured under it.',
    }),
    commitments: t.field({
      type: ['ID'],
      description: 'Ids of the commitments that it proves; those that there are when omitted.',
    }),
    coreIndicator: t.id({
      description: 'The indicator of the common core that it compares with; as it is when omitted.',
    }),
    comparability: t.field({
      type: ComparabilityEnum,
      description: 'How far it compares; SAME_QUESTION is for the review of DITP. As it is when omitted.',
    }),
  }),
});

interface OnIndicator {
  indicator: string | null;
  userErrors: readonly Mistake[];
}

const DefinePayload = builder.objectRef<OnIndicator>('DefineIndicatorPayload').implement({
  ...internalOnly,
  description: 'What became of a definition.',
  fields: (t) => ({
    indicator: t.field({
      type: Indicator,
      nullable: true,
      description: 'The indicator as it is now; null when nothing was written.',
      // Another command of the same request may have read it before.
      resolve: ({ indicator }, _args, { loaders }) =>
        indicator === null ? null : loaders.indicator.clear(indicator).load(indicator),
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Mistakes in the input: nothing was written.',
      resolve: ({ userErrors }) => userErrors,
    }),
  }),
});

builder.objectFields(Indicator, (t) => ({
  revision: t.int({
    ...internal('indicators:define'),
    description: 'Rises with every change, of wording too: what `defineIndicator` asks for as `version`.',
    resolve: ({ current }) => current.revision,
  }),
}));

builder.mutationFields((t) => ({
  defineIndicator: t.field({
    type: DefinePayload,
    nullable: true,
    ...internal('indicators:define'),
    description:
      "Makes an indicator of a network, or says anew what one means. Another question, method, unit or formula is a new version, which breaks the series; other words are not. Indicators of the common core and of other networks are not a headquarters' to define.",
    args: { input: t.arg({ type: DefineIndicatorInput, required: true, description: 'The indicator.' }) },
    resolve: async (_root, { input }, { writing }) => {
      const { done, userErrors } = await defineIndicator(writing, input);
      return { indicator: done?.indicator ?? null, userErrors };
    },
  }),
}));
