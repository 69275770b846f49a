import { builder } from '../builder.ts';

export const FeelingEnum = builder.enumType('Feeling', {
  description: 'How a user lived the experience.',
  values: {
    POSITIVE: { description: 'Positif.' },
    NEUTRAL: { description: 'Neutre.' },
    NEGATIVE: { description: 'Négatif.' },
  },
});

export const PostedAsEnum = builder.enumType('PostedAs', {
  description: 'In which quality a user wrote.',
  values: {
    INDIVIDUAL: { description: 'A private person.' },
    BUSINESS: { description: 'A business or a self-employed person.' },
    ASSOCIATION: { description: 'An association.' },
    OTHER: { description: 'Anybody else, for instance a local authority.' },
  },
});

export const ReplyStatusEnum = builder.enumType('ReplyStatus', {
  description: 'How far a structure is with its reply, as far as the public may know.',
  values: {
    TO_PROCESS: { description: 'No reply is published yet.' },
    PUBLISHED: { description: 'The reply is published.' },
    TRANSFERRED: { description: 'Handed on to a structure below it.' },
  },
});
