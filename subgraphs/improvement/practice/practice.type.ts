import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder } from '../builder.ts';
import { registerType } from '../register/register.type.ts';
import { GOOD_PRACTICES } from './practice.kind.ts';
import { PracticeReuse, PracticeReuseConnection } from './reuse.type.ts';

const { type: GoodPractice } = registerType(GOOD_PRACTICES, ({ registers }) => registers.practices);

builder.objectFields(GoodPractice, (t) => ({
  reuseCount: t.int({
    description: 'Networks, structures and sites that took it up.',
    resolve: async ({ id }, _args, { registers }) => (await registers.reuseCounts.load(id))?.count ?? 0,
  }),
  reuses: t.field({
    type: PracticeReuseConnection,
    nullable: true,
    description: 'Who took it up, latest first.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { registers }) =>
      registers.reuses.published.pages('by practice_id', id, { ...page, filter: {} }),
  }),
}));

builder.objectField(PracticeReuse, 'practice', (t) =>
  t.field({
    type: GoodPractice,
    nullable: true,
    description: 'The practice; null when it is not public any more.',
    resolve: ({ practice_id }, _args, { registers }) => registers.practices.published.byId.load(practice_id),
  }),
);
