import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { UserError as Mistake } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { ResultChange } from '../changes/changes.type.ts';
import { DESCRIPTIONS, KEY_DESCRIPTION } from '../drafts/result-input.type.ts';
import { correctResult } from './correct.ts';
import type { ResultKey } from './current.ts';
import { withdrawResult } from './withdraw.ts';

const VERSION_DESCRIPTION = 'The `version` of the figure that was read: another one is a CONFLICT.';
const REASON_DESCRIPTION = 'Why, for the audit; 1 000 characters at most.';
const INDICATOR_DESCRIPTION = 'Id of the indicator.';

const CorrectResultInput = builder.inputType('CorrectResultInput', {
  ...internalOnly,
  description:
    'A published result, and all that is known of it from now on: a part that is left out is taken away.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
    network: t.id({ required: true, description: 'Whose result: id of a network.' }),
    indicator: t.id({ required: true, description: INDICATOR_DESCRIPTION }),
    site: t.id({ description: DESCRIPTIONS.site }),
    structure: t.id({ description: DESCRIPTIONS.structure }),
    territory: t.id({ description: DESCRIPTIONS.territory }),
    period: t.string({ required: true, description: DESCRIPTIONS.period }),
    version: t.int({ required: true, description: VERSION_DESCRIPTION }),
    value: t.string({ description: DESCRIPTIONS.value }),
    numerator: t.string({ description: DESCRIPTIONS.numerator }),
    denominator: t.string({ description: DESCRIPTIONS.denominator }),
    respondents: t.int({ description: DESCRIPTIONS.respondents }),
    veryFavourable: t.int({ description: DESCRIPTIONS.veryFavourable }),
    favourable: t.int({ description: DESCRIPTIONS.favourable }),
    unfavourable: t.int({ description: DESCRIPTIONS.unfavourable }),
    veryUnfavourable: t.int({ description: DESCRIPTIONS.veryUnfavourable }),
    reason: t.string({ required: true, description: REASON_DESCRIPTION }),
  }),
});

const WithdrawResultInput = builder.inputType('WithdrawResultInput', {
  ...internalOnly,
  description: 'A published result, as it was read.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
    network: t.id({ required: true, description: 'Whose result: id of a network.' }),
    indicator: t.id({ required: true, description: INDICATOR_DESCRIPTION }),
    site: t.id({ description: DESCRIPTIONS.site }),
    structure: t.id({ description: DESCRIPTIONS.structure }),
    territory: t.id({ description: DESCRIPTIONS.territory }),
    period: t.string({ required: true, description: DESCRIPTIONS.period }),
    version: t.int({ required: true, description: VERSION_DESCRIPTION }),
    reason: t.string({ required: true, description: REASON_DESCRIPTION }),
  }),
});

interface OnResult {
  key: ResultKey | null;
  userErrors: readonly Mistake[];
}

const resultPayload = (name: string, description: string) =>
  builder.objectRef<OnResult>(name).implement({
    ...internalOnly,
    description,
    fields: (t) => ({
      result: t.field({
        type: ResultChange,
        nullable: true,
        description: 'The result as it is now; null when nothing was written.',
        resolve: ({ key }, _args, { changes }) => (key === null ? null : changes.change(key)),
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Mistakes in the input: nothing was written.',
        resolve: ({ userErrors }) => userErrors,
      }),
    }),
  });

const CorrectPayload = resultPayload('CorrectResultPayload', 'What became of a correction.');
const WithdrawPayload = resultPayload('WithdrawResultPayload', 'What became of a withdrawal.');

builder.mutationFields((t) => ({
  correctResult: t.field({
    type: CorrectPayload,
    nullable: true,
    ...internal('results:publish'),
    description: 'Publishes a result anew; what was published before stays in its history.',
    args: { input: t.arg({ type: CorrectResultInput, required: true, description: 'The result.' }) },
    resolve: async (_root, { input }, { writing }) => {
      const { done, userErrors } = await correctResult(writing, input);
      return { key: done?.key ?? null, userErrors };
    },
  }),
  withdrawResult: t.field({
    type: WithdrawPayload,
    nullable: true,
    ...internal('results:publish'),
    description: 'Takes a published result back: it is in no figure, ranking or coverage any more.',
    args: { input: t.arg({ type: WithdrawResultInput, required: true, description: 'The result.' }) },
    resolve: async (_root, { input }, { writing }) => ({
      ...(await withdrawResult(writing, input)),
      userErrors: [],
    }),
  }),
}));
