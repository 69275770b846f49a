import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { builder } from '../builder.ts';
import { NetworkCommitmentType, UserError } from '../refs.ts';
import type { NetworkCommitment } from './commitment.ts';
import { wordCommitment } from './word-commitment.ts';

const WordCommitmentInput = builder.inputType('WordCommitmentInput', {
  ...internalOnly,
  description: 'How a network words a commitment.',
  fields: (t) => ({
    idempotencyKey: t.string({
      required: true,
      description:
        'Names this request, 8 to 128 characters, such as a UUID: sent again, it is not done again.',
    }),
    network: t.id({ required: true, description: 'Whose words: id of a network.' }),
    commitment: t.id({
      required: true,
      description: 'Of which commitment: COMMITMENT-E4 or COMMITMENT-2021-4.',
    }),
    wording: t.string({ required: true, description: 'Its own words, in French, 2 000 characters at most.' }),
    validFrom: t.field({ type: 'Date', description: 'First day, if known.' }),
    version: t.int({
      required: true,
      description: 'The `version` that was read, 0 when there was no wording: another one is a CONFLICT.',
    }),
  }),
});

const WordCommitmentPayload = builder
  .objectRef<Outcome<NetworkCommitment>>('WordCommitmentPayload')
  .implement({
    ...internalOnly,
    description: 'What became of the wording.',
    fields: (t) => ({
      networkCommitment: t.field({
        type: NetworkCommitmentType,
        nullable: true,
        description: 'The wording as it was written; null when there are mistakes.',
        resolve: ({ done }) => done,
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'Mistakes in the input: nothing was written.',
        resolve: ({ userErrors }) => userErrors,
      }),
    }),
  });

builder.mutationFields((t) => ({
  wordCommitment: t.field({
    type: WordCommitmentPayload,
    nullable: true,
    ...internal('commitments:word'),
    description: 'A network puts a commitment in its own words; published at once.',
    args: {
      input: t.arg({ type: WordCommitmentInput, required: true, description: 'The wording.' }),
    },
    resolve: (_root, { input }, context) => wordCommitment(input, context),
  }),
}));
