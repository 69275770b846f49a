import { shareOrNull, toNumber } from '../../../kernel/decimal.ts';
import { foreignEntity } from '../../../kernel/graphql/stub.ts';
import { proofOf } from '../../../kernel/proof.ts';
import { builder } from '../builder.ts';
import { type Voice, voiceOf } from './voice.ts';

const total = ({ feelings }: Voice) => feelings.POSITIVE + feelings.NEUTRAL + feelings.NEGATIVE;

const VoiceType = builder.objectRef<Voice>('CommitmentVoice').implement({
  description:
    'What users say of a commitment: the published testimonies under the themes that speak of it. Which themes do is our reading: the programme publishes no such table.',
  fields: (t) => ({
    tags: t.field({
      type: ['ID'],
      nullable: true,
      description: 'The themes whose testimonies are counted; null when every testimony counts.',
      resolve: ({ tags }) => (tags === null ? null : [...tags]),
    }),
    testimonies: t.int({ description: 'Published testimonies.', resolve: total }),
    positive: t.int({ description: 'Positive ones.', resolve: ({ feelings }) => feelings.POSITIVE }),
    neutral: t.int({ description: 'Neutral ones.', resolve: ({ feelings }) => feelings.NEUTRAL }),
    negative: t.int({ description: 'Negative ones.', resolve: ({ feelings }) => feelings.NEGATIVE }),
    positiveShare: t.float({
      nullable: true,
      description: 'Share of positive ones, 0 to 1; null without any testimony.',
      resolve: (voice) => shareOrNull(voice.feelings.POSITIVE, total(voice)),
    }),
    repliesExpected: t.int({
      description: 'Replies expected, one per structure concerned.',
      resolve: ({ replies }) => replies?.expected ?? 0,
    }),
    repliesPublished: t.int({
      description: 'Replies published.',
      resolve: ({ replies }) => replies?.answered ?? 0,
    }),
    answeredShare: t.float({
      nullable: true,
      description: 'Share of the replies expected that are published, 0 to 1; null when none is expected.',
      resolve: ({ replies }) => toNumber(replies?.answered_share ?? null),
    }),
    medianDays: t.float({
      nullable: true,
      description: 'Half of the replies came within that many days; null when there is none.',
      resolve: ({ replies }) => toNumber(replies?.median_days ?? null),
    }),
  }),
});

builder.objectField(foreignEntity(builder, 'CommitmentProof'), 'voice', (t) =>
  t.field({
    type: VoiceType,
    nullable: true,
    description: 'What users say of it; null where no theme of testimonies speaks of it.',
    args: {
      from: t.arg({ type: 'Date', description: 'Published on that day or later.' }),
      to: t.arg({ type: 'Date', description: 'Published on that day or before.' }),
    },
    resolve: ({ id }, between, context) => {
      const key = proofOf(id);
      return key === null ? null : voiceOf(key, between, context);
    },
  }),
);
