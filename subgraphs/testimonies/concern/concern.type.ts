import { toNumber } from '../../../kernel/decimal.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder } from '../builder.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import type { ConcernRow, ReplyRow } from '../tables.ts';
import { ReplyStatusEnum } from '../testimony/enums.type.ts';

const Reply = builder.objectRef<ReplyRow>('Reply').implement({
  description: 'What a structure publicly replied.',
  fields: (t) => ({
    body: t.exposeString('body', { description: 'The reply.' }),
    firstAnsweredOn: t.expose('first_answered_on', {
      type: 'Date',
      description: 'Day of the first reply of this structure.',
    }),
    aiSimilarity: t.float({
      nullable: true,
      description:
        'How close the reply is to a draft written by an AI, in percent, as the platform publishes it.',
      resolve: ({ ai_similarity }) => toNumber(ai_similarity),
    }),
  }),
});

export const TestimonyConcern = builder.objectRef<ConcernRow>('TestimonyConcern').implement({
  description: 'A structure that a testimony concerns, and what it replied.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network of the structure.',
      resolve: ({ network_id }) => ({ id: network_id }),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The place of reception, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
    channels: t.exposeStringList('channels', {
      description: 'How the user was in contact with it, in French: « Guichet », « Téléphone »…',
    }),
    status: t.expose('status', { type: ReplyStatusEnum, description: 'How far the reply is.' }),
    reply: t.field({
      type: Reply,
      nullable: true,
      description: 'The published reply, null as long as there is none.',
      resolve: async ({ testimony_id, position }, _args, { loaders }) =>
        (await loaders.replies.load(testimony_id)).find((reply) => reply.position === position),
    }),
  }),
});
