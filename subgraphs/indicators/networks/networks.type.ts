import { toNumber } from '../../../kernel/decimal.ts';
import { NATION } from '../../../kernel/ids.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, Provenance } from '../builder.ts';
import { BasisEnum, Coverage, coverageOf, SuppressionEnum } from '../figure/parts.type.ts';
import { originOf } from '../figure/provenance.ts';
import { ComparabilityEnum } from '../indicator/enums.type.ts';
import { Indicator, networkOf } from '../indicator/indicator.type.ts';
import { optionalPeriod, optionalText, optionalTexts, textOf } from '../input.ts';
import { Network } from '../stub/stub.type.ts';
import { absenceOf } from './absence.ts';
import type { ComparedRow } from './networks.query.ts';

const AbsenceEnum = builder.enumType('ComparisonAbsence', {
  description: 'Why a network has no value in a comparison of networks.',
  values: {
    UNKNOWN_NETWORK: { description: 'No network has this id.' },
    NOT_COMPARABLE: { description: 'It measures the subject in a way that does not compare enough.' },
    NOT_PUBLISHED: { description: 'It published nothing on this question there, or not for the period.' },
    WITHHELD: { description: 'Its value is withheld: see `suppressed`.' },
  } as const,
});

const NetworkFigure = builder.objectRef<ComparedRow>('NetworkFigure').implement({
  description: 'One network in a comparison of networks; all have one period.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network; null when its id is unknown.',
      resolve: (row) => networkOf(row.known_network ? row.compared_network : null),
    }),
    indicator: t.field({
      type: Indicator,
      nullable: true,
      description: 'The indicator that answers the question for this network.',
      resolve: ({ used_indicator }, _args, { loaders }) =>
        used_indicator === null ? null : loaders.indicator.load(used_indicator),
    }),
    comparability: t.expose('used_comparability', {
      type: ComparabilityEnum,
      nullable: true,
      description: 'How far that indicator compares with the question.',
    }),
    period: t.string({
      nullable: true,
      description: 'The period of every row; null when no network published.',
      resolve: (row) =>
        row.chosen_grain && row.chosen_start && periodLabel(row.chosen_grain, row.chosen_start),
    }),
    value: t.float({
      nullable: true,
      description: 'The value; `reason` says why there is none.',
      resolve: ({ value }) => toNumber(value),
    }),
    reason: t.field({
      type: AbsenceEnum,
      nullable: true,
      description: 'Why there is no value; null when there is one.',
      resolve: absenceOf,
    }),
    basis: t.expose('basis', { type: BasisEnum, nullable: true, description: 'Where the value comes from.' }),
    respondents: t.int({
      nullable: true,
      description: 'Users who answered; null when unknown or withheld.',
      resolve: ({ respondents, suppressed }) => (suppressed === null ? respondents : null),
    }),
    suppressed: t.expose('suppressed', {
      type: SuppressionEnum,
      nullable: true,
      description: 'Why the value is withheld; null when it is not.',
    }),
    coverage: t.field({
      type: Coverage,
      nullable: true,
      description: 'How many of its units there are behind the value.',
      resolve: coverageOf,
    }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the value comes from.',
      resolve: (row, _args, { loaders }) => originOf(row, loaders),
    }),
  }),
});

builder.queryFields((t) => ({
  compareNetworks: t.field({
    type: [NetworkFigure],
    nullable: true,
    description: 'Networks side by side on one question, in the order asked, all for one period.',
    args: {
      indicator: t.arg.id({
        required: true,
        description: 'An indicator of the common core, or one that was mapped to it.',
      }),
      networks: t.arg.idList({ required: true, description: 'The networks, 200 at most.' }),
      territory: t.arg.id({ defaultValue: NATION, description: 'Where; the nation when omitted.' }),
      period: t.arg.string({ description: 'The latest that most of the networks have, when omitted.' }),
      comparability: t.arg({
        type: ComparabilityEnum,
        defaultValue: 'SAME_QUESTION',
        description: 'The least comparable indicators that are accepted.',
      }),
    },
    resolve: (_root, { indicator, networks, territory, period, comparability }, { lists }) =>
      lists.compareNetworks({
        indicator: textOf(indicator, 'indicator'),
        networks: optionalTexts(networks, 'networks') ?? [],
        territory: optionalText(territory, 'territory') ?? NATION,
        period: optionalPeriod(period),
        comparability: comparability ?? 'SAME_QUESTION',
      }),
  }),
}));
