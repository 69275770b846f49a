import { toNumber } from '../../../kernel/decimal.ts';
import { surroundingsTypes } from '../../../kernel/graphql/surroundings-types.ts';
import { builder } from '../builder.ts';
import { Comparison, unitOf } from '../comparison/comparison.type.ts';
import { Result } from '../ranking/ranking.type.ts';
import { type Peers, peersOfUnit } from './peers.ts';

export const { DensityEnum, SettingEnum } = surroundingsTypes(builder);

const CriterionEnum = builder.enumType('PeerCriterion', {
  description: 'What peers share.',
  values: {
    NETWORK: { description: 'The network, the indicator, its definition and the period: always.' },
    DENSITY: { description: 'The density of the place.' },
    VOLUME: { description: 'The volume: the same third of the network.' },
  } as const,
});

const VolumeEnum = builder.enumType('Volume', {
  description:
    'How much a unit answers for: thirds of the units of its network by respondents, else by denominators, whichever more of them have. Equal numbers are in the same third; withheld units are in none and do not count.',
  values: {
    SMALL: { description: 'The third with the fewest.' },
    MEDIUM: { description: 'The second third.' },
    LARGE: { description: 'The third with the most.' },
  } as const,
});

const PeersRef = builder.objectRef<Peers>('Peers').implement({
  description:
    'A unit among its declared peers: the units of its network, nationwide, of the same density and volume. Where they are fewer than ten, itself included, those of the same density; where these are too few, all of the network. Withheld units are in no group.',
  fields: (t) => ({
    criteria: t.field({
      type: [CriterionEnum],
      description: 'What the peers share, which says how far the group was widened.',
      resolve: ({ criteria }) => criteria,
    }),
    density: t.field({
      type: DensityEnum,
      nullable: true,
      description: 'Density of its own place; null where it is not known, and is then not asked of peers.',
      resolve: ({ density }) => density,
    }),
    volume: t.field({
      type: VolumeEnum,
      nullable: true,
      description: 'Its own volume; null where it is not known, and is then not asked of peers.',
      resolve: ({ volume }) => volume,
    }),
    rank: t.int({
      nullable: true,
      description: 'Its rank among its peers, 1 the best; equal values share a rank.',
      resolve: ({ standing }) => standing?.rank ?? null,
    }),
    of: t.int({
      nullable: true,
      description: 'How many peers are ranked, itself included.',
      resolve: ({ standing }) => standing?.of ?? null,
    }),
    median: t.float({
      description: 'Median of the peers, itself included.',
      resolve: ({ median }) => toNumber(median),
    }),
    lowest: t.float({ description: 'Lowest value of the peers.', resolve: ({ lowest }) => toNumber(lowest) }),
    highest: t.float({
      description: 'Highest value of the peers.',
      resolve: ({ highest }) => toNumber(highest),
    }),
    gapToMedian: t.float({
      description: 'Its value minus the median of its peers, in points or in the unit of the indicator.',
      resolve: ({ gapToMedian }) => toNumber(gapToMedian),
    }),
  }),
});

builder.objectFields(Comparison, (t) => ({
  peers: t.field({
    type: PeersRef,
    nullable: true,
    description:
      'The local figure among its declared peers; null when it is not ranked, as `rank` is. Read it beside `rank`.',
    resolve: async (comparison, _args, { loaders }) => {
      const unit = await unitOf(comparison, loaders);
      return unit && peersOfUnit(unit, loaders);
    },
  }),
}));

builder.objectFields(Result, (t) => ({
  peers: t.field({
    type: PeersRef,
    nullable: true,
    description: 'The unit among its declared peers, who may stand outside the territory of the ranking.',
    resolve: (row, _args, { loaders }) => peersOfUnit(row, loaders),
  }),
  peerRank: t.int({
    nullable: true,
    description: 'Its rank among its declared peers; short for `peers { rank }`.',
    resolve: async (row, _args, { loaders }) => (await peersOfUnit(row, loaders))?.standing?.rank ?? null,
  }),
  peersOf: t.int({
    nullable: true,
    description: 'How many peers are ranked, itself included; short for `peers { of }`.',
    resolve: async (row, _args, { loaders }) => (await peersOfUnit(row, loaders))?.standing?.of ?? null,
  }),
}));
