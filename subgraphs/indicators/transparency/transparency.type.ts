import { toNumber } from '../../../kernel/decimal.ts';
import { builder, Provenance } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { BasisEnum } from '../figure/parts.type.ts';
import { provenanceOf } from '../figure/provenance.ts';
import { networkOf } from '../indicator/indicator.type.ts';
import { type Optional, optionalYear, textOf } from '../input.ts';
import { Network, Territory } from '../stub/stub.type.ts';
import { reasonOf } from './reason.ts';
import type { TransparencyRow } from './transparency.query.ts';

const ReasonEnum = builder.enumType('TransparencyReason', {
  description: 'Why a territory has no transparency rate.',
  values: {
    NO_METHOD: { description: 'No method is published for this level, and no value either.' },
    NO_RESULT: { description: 'Nothing is known of the year.' },
  } as const,
});

const NetworkTransparency = builder.objectRef<TransparencyRow>('NetworkTransparency').implement({
  description: 'How much of a network publishes its results in a territory.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network.',
      resolve: ({ network_id }) => networkOf(network_id),
    }),
    rate: t.float({
      nullable: true,
      description:
        'Percent of its sites there that publish; 100 for a network that publishes nationally only.',
      resolve: ({ rate }) => toNumber(rate),
    }),
    publishing: t.exposeInt('publishing', { nullable: true, description: 'Its sites there that publish.' }),
    expected: t.exposeInt('expected', { nullable: true, description: 'Its sites there.' }),
    transparent: t.exposeBoolean('transparent', {
      nullable: true,
      description: 'Whether more than two thirds of them publish.',
    }),
    basis: t.expose('basis', { type: BasisEnum, nullable: true, description: 'Where the rate comes from.' }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      description: 'The latest import that the rate rests on; null where nothing was published.',
      resolve: provenanceOf,
    }),
  }),
});

export const Transparency = builder.objectRef<TransparencyRow>('Transparency').implement({
  description:
    'Share of the places open to the public that publish their results, by the method of the State’s barometer: in a département, the plain mean of the rates of its networks.',
  fields: (t) => ({
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory.',
      resolve: ({ territory_id }) => ({ id: territory_id }),
    }),
    period: t.string({
      nullable: true,
      description: 'The year; null when none was asked and none is known.',
      resolve: ({ year }) => (year === null ? null : String(year)),
    }),
    rate: t.float({
      nullable: true,
      description: 'Percent; `reason` says why there is none.',
      resolve: ({ rate }) => toNumber(rate),
    }),
    basis: t.expose('basis', { type: BasisEnum, nullable: true, description: 'Where the rate comes from.' }),
    reason: t.field({
      type: ReasonEnum,
      nullable: true,
      description: 'Why there is no rate; null when there is one.',
      resolve: reasonOf,
    }),
    byNetwork: t.field({
      type: [NetworkTransparency],
      nullable: true,
      description: 'Network by network, the most transparent first.',
      resolve: ({ territory_id, year }, _args, { loaders }) =>
        year === null ? [] : loaders.networkTransparency.load({ territory: territory_id, year }),
    }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the rate comes from; for a computed one, the latest import among its parts.',
      resolve: provenanceOf,
    }),
  }),
});

const rateOf = (territory: string, period: Optional<string>, { loaders }: IndicatorsContext) =>
  loaders.transparency(optionalYear(period)).load(territory);

builder.objectFields(Territory, (t) => ({
  transparency: t.field({
    type: Transparency,
    nullable: true,
    description: 'Share of its places that publish their results.',
    args: { period: t.arg.string({ description: 'A year; the latest one known there, when omitted.' }) },
    resolve: ({ id }, { period }, context) => rateOf(id, period, context),
  }),
}));

builder.queryFields((t) => ({
  transparency: t.field({
    type: Transparency,
    nullable: true,
    description: 'Share of the places of a territory that publish their results; null when it is unknown.',
    args: {
      territory: t.arg.id({
        required: true,
        description: 'A département; a région or the nation where published.',
      }),
      period: t.arg.string({ description: 'A year; the latest one known there, when omitted.' }),
    },
    resolve: (_root, { territory, period }, context) =>
      rateOf(textOf(territory, 'territory'), period, context),
  }),
}));
