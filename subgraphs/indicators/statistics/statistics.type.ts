import { toNumber } from '../../../kernel/decimal.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { publicationLevelType } from '../../../kernel/graphql/publication-level.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { DENSITIES } from '../../../kernel/surroundings.ts';
import { builder, PageInfo } from '../builder.ts';
import { Deciles } from '../equality/equality.type.ts';
import { indicatorOf } from '../figure/figure.type.ts';
import { intervalOf } from '../figure/interval.ts';
import { BasisEnum, Coverage, coverageOf, Distribution, Interval } from '../figure/parts.type.ts';
import { UnitEnum } from '../indicator/enums.type.ts';
import { Indicator, networkOf } from '../indicator/indicator.type.ts';
import { DensityEnum, SettingEnum } from '../peers/peers.type.ts';
import { Network, Territory } from '../stub/stub.type.ts';
import { DIMENSIONS, type Dimension } from './dimension.ts';
import { ResultFilterInput, readFilter } from './filter.type.ts';
import type { GroupRow } from './group.row.ts';
import { MOST } from './statistics.page.ts';

const DimensionEnum = builder.enumType('ResultDimension', {
  description: 'What results can be grouped by.',
  values: Object.fromEntries(
    Object.entries(DIMENSIONS).map(([name, description]) => [name, { description }]),
  ) as Record<Dimension, { description: string }>,
});

const PublicationLevelEnum = publicationLevelType(builder);

export const ResultGroup = builder.objectRef<GroupRow>('ResultGroup').implement({
  description:
    'Results of one network, indicator, definition and period that have something in common. Made of the results that anybody may read one by one: those that are withheld are counted, and left out of everything else.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'Whose results they are.',
      resolve: ({ network_id }) => networkOf(network_id),
    }),
    indicator: t.field({
      type: Indicator,
      description: 'What is measured.',
      resolve: ({ indicator_id }, _args, { loaders }) => indicatorOf(indicator_id, loaders),
    }),
    definition: t.exposeInt('definition_version', {
      description: 'Version of the definition that all of them were measured under.',
    }),
    unit: t.expose('unit', { type: UnitEnum, description: 'Unit of every value.' }),
    period: t.string({
      description: 'Their period: 2023, 2023-S1, 2023-T3 or 2023-07.',
      resolve: ({ period_grain, period_start }) => periodLabel(period_grain, period_start),
    }),
    region: t.field({
      type: Territory,
      nullable: true,
      description: 'Région where the units stand; null when not grouped by, or not known.',
      resolve: ({ region_id }) => stubOf(region_id),
    }),
    departement: t.field({
      type: Territory,
      nullable: true,
      description: 'Département where the units stand; null when not grouped by, or not known.',
      resolve: ({ departement_id }) => stubOf(departement_id),
    }),
    setting: t.expose('setting', {
      type: SettingEnum,
      nullable: true,
      description: 'Rural, urban or overseas; null when not grouped by, or not known.',
    }),
    density: t.field({
      type: DensityEnum,
      nullable: true,
      description: 'Density of the places; null when not grouped by, not known, or overseas.',
      resolve: ({ leaf }) => DENSITIES.find((density) => density === leaf) ?? null,
    }),
    typology: t.id({
      nullable: true,
      description:
        'Id of the kind of structure, as in `Network.typologies`; null when not grouped by, or not known.',
      resolve: ({ typology_id }) => typology_id,
    }),
    unitLevel: t.expose('unit_level', {
      type: PublicationLevelEnum,
      description: 'Of which level the results are: sites, or what answers for a whole territory.',
    }),
    results: t.exposeInt('results', { description: 'How many results it is made of, one per unit.' }),
    withheld: t.exposeInt('withheld', { description: 'Results that are withheld, and left out.' }),
    coverage: t.field({
      type: Coverage,
      nullable: true,
      description:
        'How many of the units of the place published, withheld or not, and how many there are; null where no figure is made of such a place.',
      resolve: coverageOf,
    }),
    value: t.float({
      nullable: true,
      description:
        'Their value together, by `basis`. Where none is withheld it is the computed figure of the place. Null when all are withheld, and where it could only be a mean of averages.',
      resolve: ({ value }) => toNumber(value),
    }),
    basis: t.expose('basis', {
      type: BasisEnum,
      nullable: true,
      description: 'How the value is made of the results; null as the value.',
    }),
    gapToPrevious: t.float({
      nullable: true,
      description:
        'Value minus that of the period just before; null unless both are among the groups, under one definition and basis, of units of one level. Not of the same units.',
      resolve: ({ gap_to_previous }) => toNumber(gap_to_previous),
    }),
    interval: t.field({
      type: Interval,
      nullable: true,
      description: 'Uncertainty of a rate or net rate of known counts or answers.',
      resolve: (row) => intervalOf(row, row.formula),
    }),
    numerator: t.float({
      nullable: true,
      description: 'Cases counted; null unless every result tells them.',
      resolve: ({ numerator }) => toNumber(numerator),
    }),
    denominator: t.float({
      nullable: true,
      description: 'Cases out of which they are counted; null unless every result tells them.',
      resolve: ({ denominator }) => toNumber(denominator),
    }),
    respondents: t.exposeInt('respondents', {
      nullable: true,
      description: 'Users who answered; null unless every result tells them.',
    }),
    distribution: t.field({
      type: Distribution,
      nullable: true,
      description: 'How they answered; null unless every result tells it.',
      resolve: (row) => (row.favourable === null ? null : row),
    }),
    lowest: t.float({
      nullable: true,
      description: 'Lowest of the results.',
      resolve: ({ lowest }) => toNumber(lowest),
    }),
    lowerQuartile: t.float({
      nullable: true,
      description: 'A quarter of the results is at most there.',
      resolve: (row) => toNumber(row.lower_quartile),
    }),
    median: t.float({
      nullable: true,
      description: 'Half of the results are at most there.',
      resolve: ({ deciles }) => toNumber(deciles?.[4] ?? null),
    }),
    upperQuartile: t.float({
      nullable: true,
      description: 'A quarter of the results is at least there.',
      resolve: (row) => toNumber(row.upper_quartile),
    }),
    highest: t.float({
      nullable: true,
      description: 'Highest of the results.',
      resolve: ({ highest }) => toNumber(highest),
    }),
    deciles: t.field({
      type: Deciles,
      nullable: true,
      description: 'How the results spread, each counting once.',
      resolve: ({ deciles, results, respondents, unit }) =>
        deciles && { weight: 'UNITS' as const, units: results, respondents, values: deciles, unit },
    }),
  }),
});

const ResultGroups = connectionType(builder, PageInfo, 'ResultGroup', ResultGroup);

builder.queryFields((t) => ({
  resultStats: t.field({
    type: ResultGroups,
    nullable: true,
    description:
      'Published results by group: how many, their value together, how they spread. In the order of networks, indicators, periods and places. A group never mixes networks, indicators, definitions or periods.',
    args: {
      filter: t.arg({ type: ResultFilterInput, required: true, description: 'Which results.' }),
      groupBy: t.arg({
        type: [DimensionEnum],
        required: true,
        description:
          'Different dimensions. NETWORK, INDICATOR and PERIOD or YEAR may be left out where the filter has one.',
      }),
      ...pageArguments(builder, MOST),
    },
    resolve: (_root, { filter, ...args }, { lists }) =>
      lists.resultGroups({ ...args, filter: readFilter(filter) }),
  }),
}));
