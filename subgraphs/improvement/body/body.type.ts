import { builder } from '../builder.ts';
import { registerType } from '../register/register.type.ts';
import { shareOf } from '../register/share.ts';
import { LISTENING_BODIES } from './body.kind.ts';

const { type: ListeningBody } = registerType(LISTENING_BODIES, ({ registers }) => registers.bodies);

builder.objectFields(ListeningBody, (t) => ({
  members: t.int({
    description: 'Members of all colleges together, as far as they were told.',
    resolve: ({ users, agents, partners, elected }) =>
      (users ?? 0) + (agents ?? 0) + (partners ?? 0) + (elected ?? 0),
  }),
  followedShare: t.float({
    nullable: true,
    description: 'Share of the recommendations that were followed, 0 to 1.',
    resolve: ({ followed, recommendations }) => shareOf(followed, recommendations),
  }),
}));
