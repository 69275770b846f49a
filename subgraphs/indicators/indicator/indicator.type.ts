import { toNumber } from '../../../kernel/decimal.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { optionalText } from '../input.ts';
import { Commitment, Network, Structure } from '../stub/stub.type.ts';
import { ComparabilityEnum, DirectionEnum, FamilyEnum, FrequencyEnum, UnitEnum } from './enums.type.ts';
import { formulaText } from './formula.ts';
import type { Indicator as IndicatorShape } from './indicator.loader.ts';
import type { DefinitionRow } from './indicator.query.ts';
import type { TargetRow } from './target.query.ts';

/** 'ALL' stands for every public service together, which is no network. */
export const networkOf = (id: string | null) => stubOf(id === 'ALL' ? null : id);

export const Definition = builder.objectRef<DefinitionRow>('IndicatorDefinition').implement({
  description: 'What an indicator means since a day. A changed question, method or unit is a new version.',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Number of the version, from 1.' }),
    validFrom: t.expose('valid_from', {
      type: 'Date',
      nullable: true,
      description: 'First day on which it applies; null when it always did.',
    }),
    title: t.exposeString('title', { description: 'Official title.' }),
    userTitle: t.exposeString('user_title', { description: 'Title in plain language, for users.' }),
    question: t.exposeString('question', {
      nullable: true,
      description: 'Question asked to users, verbatim.',
    }),
    unit: t.expose('unit', { type: UnitEnum, description: 'Unit of its values.' }),
    direction: t.expose('direction', { type: DirectionEnum, description: 'Which values are better.' }),
    formula: t.string({
      nullable: true,
      description: 'How a value comes from counts or answers; null when not declared.',
      resolve: ({ formula }) => formulaText(formula),
    }),
    sources: t.exposeString('sources', { nullable: true, description: 'Where the data comes from.' }),
    methods: t.exposeString('methods', { nullable: true, description: 'How it is measured.' }),
  }),
});

const Target = builder.objectRef<TargetRow>('Target').implement({
  description: 'What a network aims at, for itself or for one of its structures.',
  fields: (t) => ({
    value: t.float({ description: 'The value aimed at.', resolve: ({ value }) => toNumber(value) }),
    from: t.expose('period_start', { type: 'Date', description: 'First day that it is about.' }),
    to: t.expose('period_end', { type: 'Date', description: 'Last day that it is about.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that set it.',
      resolve: ({ network_id }) => networkOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it is for; null for the whole network.',
      resolve: ({ structure_id }) => stubOf(structure_id || null),
    }),
  }),
});

export const Indicator = builder.objectRef<IndicatorShape>('Indicator').implement({
  description: 'Something that is measured the same way everywhere: of the common core, or a network’s own.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<IndicatorsContext>(({ ref, id }, { loaders }) =>
    loaders.indicator.load(String(ref ?? id)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Global id: IND-27, IND-SATISFACTION.' }),
    ref: t.exposeID('id', {
      description: 'The id, under the key that `node` knows it by.',
      directives: { inaccessible: {} },
    }),
    code: t.string({ description: 'Code at the source.', resolve: ({ current }) => current.code }),
    title: t.string({ description: 'Official title.', resolve: ({ current }) => current.title }),
    userTitle: t.string({
      description: 'Title in plain language, for users.',
      resolve: ({ current }) => current.user_title,
    }),
    question: t.string({
      nullable: true,
      description: 'Question asked to users, verbatim.',
      resolve: ({ current }) => current.question,
    }),
    family: t.field({
      type: FamilyEnum,
      description: 'Rendered or perceived quality.',
      resolve: ({ current }) => current.family,
    }),
    unit: t.field({
      type: UnitEnum,
      description: 'Unit of its values.',
      resolve: ({ current }) => current.unit,
    }),
    direction: t.field({
      type: DirectionEnum,
      description: 'Which values are better.',
      resolve: ({ current }) => current.direction,
    }),
    frequency: t.field({
      type: FrequencyEnum,
      nullable: true,
      description: 'How often it is published.',
      resolve: ({ current }) => current.frequency,
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that defined it; null for the common core and for all services together.',
      resolve: ({ current }) => networkOf(current.network_id),
    }),
    comparability: t.field({
      type: ComparabilityEnum,
      nullable: true,
      description: 'How far it compares with its indicator of the common core.',
      resolve: ({ current }) => current.comparability,
    }),
    formula: t.string({
      nullable: true,
      description: 'How a value comes from counts or answers; null when not declared.',
      resolve: ({ current }) => formulaText(current.formula),
    }),
    sources: t.string({
      nullable: true,
      description: 'Where the data comes from.',
      resolve: ({ current }) => current.sources,
    }),
    methods: t.string({
      nullable: true,
      description: 'How it is measured.',
      resolve: ({ current }) => current.methods,
    }),
    version: t.int({
      description: 'Version of the current definition.',
      resolve: ({ current }) => current.version,
    }),
    versions: t.field({
      type: [Definition],
      description: 'Every definition, the oldest first.',
      resolve: ({ versions }) => versions,
    }),
  }),
});

builder.objectFields(Indicator, (t) => ({
  coreIndicator: t.field({
    type: Indicator,
    nullable: true,
    description: 'The indicator of the common core that it was mapped to.',
    resolve: ({ current }, _args, { loaders }) =>
      current.core_indicator_id === null ? null : loaders.indicator.load(current.core_indicator_id),
  }),
  commitments: t.field({
    type: [Commitment],
    nullable: { list: true, items: true },
    description: 'The commitments that it proves.',
    resolve: async ({ id }, _args, { loaders }) =>
      (await loaders.commitments.load(id)).map(({ commitment_id }) => ({ id: commitment_id })),
  }),
  targets: t.field({
    type: [Target],
    nullable: true,
    description: 'Every target set for it, the latest first.',
    args: { network: t.arg.id({ description: 'Only those of this network.' }) },
    resolve: async ({ id }, args, { loaders }) => {
      const network = optionalText(args.network, 'network');
      return (await loaders.targets.load(id)).filter((target) => !network || target.network_id === network);
    },
  }),
}));

builder.objectFields(Commitment, (t) => ({
  indicators: t.field({
    type: [Indicator],
    nullable: { list: true, items: true },
    description: 'The indicators that prove it.',
    resolve: async ({ id }, _args, { loaders }) =>
      (await loaders.proves.load(id)).map((proof) => loaders.indicator.load(proof.indicator_id)),
  }),
}));

builder.objectFields(Network, (t) => ({
  indicators: t.field({
    type: [Indicator],
    nullable: { list: true, items: true },
    description: 'Its own indicators, and those of the common core that it publishes.',
    args: { family: t.arg({ type: FamilyEnum, description: 'Only this family.' }) },
    resolve: async ({ id }, { family }, { loaders }) => {
      const rows = await loaders.indicatorsOfNetwork(family ?? null).load(id);
      return rows.map((row) => loaders.indicator.load(row.indicator_id));
    },
  }),
}));
