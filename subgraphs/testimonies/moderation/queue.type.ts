import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { cleanText } from '../../../kernel/text.ts';
import { builder } from '../builder.ts';
import { QueueStateEnum } from './enums.type.ts';
import { ModeratedTestimony, ModeratedTestimonyConnection } from './moderated.type.ts';

const ModerationQueueFilter = builder.inputType('ModerationQueueFilter', {
  ...internalOnly,
  description: 'Restricts what the moderation has before it.',
  fields: (t) => ({
    state: t.field({ type: QueueStateEnum, description: 'SUBMITTED when omitted.' }),
    network: t.id({ description: 'A structure of this network is concerned.' }),
  }),
});

builder.queryFields((t) => ({
  moderationQueue: t.field({
    type: ModeratedTestimonyConnection,
    nullable: true,
    ...internal('testimonies:moderate'),
    description: 'What waits for the moderation, the oldest first; or what it rejected.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: ModerationQueueFilter, description: 'Which of them.' }),
    },
    resolve: (_root, { filter, ...page }, { moderation }) => {
      const network = filter?.network ? cleanText(filter.network, 'network') : null;
      return moderation.queue({ state: filter?.state ?? 'SUBMITTED', network }, page);
    },
  }),
  moderatedTestimony: t.field({
    type: ModeratedTestimony,
    nullable: true,
    ...internal('testimonies:moderate'),
    description:
      'A testimony as the moderation reads it, published or not; null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { moderation }) => moderation.testimony.load(cleanText(id, 'id')),
  }),
}));
