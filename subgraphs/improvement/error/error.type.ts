import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import { searchOf } from '../fact/search.ts';
import { registerType } from '../register/register.type.ts';
import { shareOf } from '../register/share.ts';
import { FREQUENT_ERRORS } from './error.kind.ts';
import { isReviewDue } from './review.ts';

const Procedure = foreignEntity(builder, 'Procedure');
const { type: FrequentError, connection } = registerType(
  FREQUENT_ERRORS,
  ({ registers }) => registers.errors,
  {
    listed: false,
  },
);

builder.objectFields(FrequentError, (t) => ({
  procedure: t.field({
    type: Procedure,
    nullable: true,
    description: 'The procedure in which it is made.',
    resolve: ({ procedure_id }) => ({ id: procedure_id }),
  }),
  share: t.float({
    nullable: true,
    description: 'Share of the cases in which it was made, 0 to 1: `occurrences` of `cases`.',
    resolve: ({ occurrences, cases }) => shareOf(occurrences, cases),
  }),
  reviewBy: t.expose('review_by', {
    type: 'Date',
    nullable: true,
    description:
      'Day from which it is to be reviewed: twelve months after the last review (or after `validSince`), or the day on which the rules changed since; null when neither is known.',
  }),
  reviewDue: t.boolean({
    description: 'Whether it is to be reviewed now: `reviewBy` has come, or is not known.',
    resolve: ({ review_by }) => isReviewDue(review_by),
  }),
}));

const { first, after } = pageArguments(builder);

builder.objectField(Procedure, 'frequentErrors', (t) =>
  t.field({
    type: [FrequentError],
    nullable: true,
    description:
      'The errors that users make most in it, the most frequent first, and the advice that avoids them.',
    args: { first },
    resolve: ({ id }, page, { registers }) => registers.errorsOf(page.first).load(id),
  }),
);

builder.queryField('errorAdvice', (t) =>
  t.field({
    type: connection,
    nullable: true,
    description: 'Frequent errors and the advice that avoids them, the latest advice first.',
    args: {
      network: t.arg.id({ description: 'Only those of this network.' }),
      procedure: t.arg.id({ description: 'Only those made in this procedure.' }),
      search: t.arg.string({
        description: 'Words of the error, its consequence or the advice; all must be found.',
      }),
      toReview: t.arg.boolean({ description: 'Only those to be reviewed now, or only the others.' }),
      first,
      after,
    },
    resolve: (_root, { network, procedure, search, toReview, ...page }, { registers }) =>
      registers.errors.published.pages('EVERYTHING', '', {
        ...page,
        filter: {
          network,
          toReview,
          search: searchOf(search),
          is: { procedure_id: procedure == null ? null : [procedure] },
        },
      }),
  }),
);
