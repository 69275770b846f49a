import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { UserError as Mistake } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { ResultChange } from '../changes/changes.type.ts';
import {
  type InputFields,
  KEY_DESCRIPTION,
  subjectFields,
  valueFields,
} from '../drafts/result-input.type.ts';
import { correctResult } from './correct.ts';
import type { ResultKey } from './current.ts';
import { withdrawResult } from './withdraw.ts';

/** Which result is written: as it was read, and why. */
const writtenFields = (t: InputFields) => ({
  idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  network: t.id({ required: true, description: 'Whose result: id of a network.' }),
  indicator: t.id({ required: true, description: 'Id of the indicator.' }),
  ...subjectFields(t),
  version: t.int({
    required: true,
    description: 'The `version` of the figure that was read: another one is a CONFLICT.',
  }),
  reason: t.string({ required: true, description: 'Why, for the audit; 1 000 characters at most.' }),
});

const CorrectResultInput = builder.inputType('CorrectResultInput', {
  ...internalOnly,
  description:
    'A published result, and all that is known of it from now on: a part that is left out is taken away.',
  fields: (t) => ({ ...writtenFields(t), ...valueFields(t) }),
});

const WithdrawResultInput = builder.inputType('WithdrawResultInput', {
  ...internalOnly,
  description: 'A published result, as it was read.',
  fields: writtenFields,
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
