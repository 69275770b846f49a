import { toNumber } from '../../../kernel/decimal.ts';
import { DENSITIES, type Density, SETTINGS, type Setting } from '../../../kernel/surroundings.ts';
import { builder } from '../builder.ts';
import { uncertaintyBetween } from '../comparison/gap-uncertainty.ts';
import { GapUncertainty } from '../comparison/gap-uncertainty.type.ts';
import { gapBetween } from '../comparison/standing.ts';
import { Figure, indicatorOf } from '../figure/figure.type.ts';
import { Indicator } from '../indicator/indicator.type.ts';
import { optionalPeriod, optionalText, textOf } from '../input.ts';
import { DensityEnum, SettingEnum } from '../peers/peers.type.ts';
import { Network } from '../stub/stub.type.ts';
import type { Unit } from '../tables.ts';
import type { Deciles as DecilesShape } from './deciles.query.ts';
import { type Equality, equalityOf, figureOf, rangeOf, ratioOf } from './equality.ts';
import type { SettingRow } from './settings.query.ts';

const WeightEnum = builder.enumType('DecileWeight', {
  description: 'What is cut into tenths.',
  values: {
    UNITS: { description: 'The units: each counts once.' },
    RESPONDENTS: { description: 'Their respondents: each unit counts as often as users answered.' },
  } as const,
});

type DecilesOfUnit = DecilesShape & { unit: Unit };

export const Deciles = builder.objectRef<DecilesOfUnit>('Deciles').implement({
  description:
    'How the values of units spread. A decile is the least value that at least so many tenths do not exceed; where exactly so many do not, half-way to the next value (type 2 of Hyndman and Fan). Exact. Withheld units are not in it.',
  fields: (t) => ({
    weight: t.expose('weight', { type: WeightEnum, description: 'What is cut into tenths.' }),
    units: t.exposeInt('units', { description: 'How many units.' }),
    respondents: t.exposeInt('respondents', {
      nullable: true,
      description: 'Respondents of them all; null where one of them does not say.',
    }),
    values: t.field({
      type: ['Float'],
      description: 'The nine deciles, the lowest first; the fifth is the median.',
      resolve: ({ values }) => values.map((value) => toNumber(value)),
    }),
    d1: t.float({
      description: 'First decile: a tenth of the units is at most there.',
      resolve: ({ values }) => toNumber(values[0] ?? '0'),
    }),
    d9: t.float({
      description: 'Ninth decile: a tenth of the units is at least there.',
      resolve: ({ values }) => toNumber(values[8] ?? '0'),
    }),
    range: t.float({
      description: 'Interdecile range: the ninth decile minus the first, in the unit of the indicator.',
      resolve: (deciles) => toNumber(rangeOf(deciles)),
    }),
    ratio: t.float({
      nullable: true,
      description:
        'Interdecile ratio: the ninth decile over the first, to six decimals. Null for scores and points, whose zero is not « nothing », and where the first decile is not above zero.',
      resolve: (deciles) => toNumber(ratioOf(deciles, deciles.unit)),
    }),
  }),
});

const SettingFigure = builder.objectRef<SettingRow>('SettingFigure').implement({
  description: 'The figure of all the nation’s units that stand in a setting, or in communes of a density.',
  fields: (t) => ({
    setting: t.field({
      type: SettingEnum,
      nullable: true,
      description: 'Rural, urban or overseas; null for a density.',
      resolve: ({ place }) => SETTINGS.find((setting) => setting === place) ?? null,
    }),
    density: t.field({
      type: DensityEnum,
      nullable: true,
      description: 'The density, overseas apart; null for a setting.',
      resolve: ({ place }) => DENSITIES.find((density) => density === place) ?? null,
    }),
    figure: t.field({
      type: Figure,
      description:
        'Computed from its units by the same bases as the figure of a territory, with its coverage. Withheld under the same threshold, and where it would give away what is withheld elsewhere. It is of no single territory.',
      resolve: (row) => row,
    }),
  }),
});

const EqualityRef = builder.objectRef<Equality>('TerritorialEquality').implement({
  description:
    'How equal users are before a network, whatever the place: spread of its units, rural and urban.',
  fields: (t) => ({
    indicator: t.field({
      type: Indicator,
      description: 'What is measured.',
      resolve: ({ indicator }, _args, { loaders }) => indicatorOf(indicator, loaders),
    }),
    period: t.string({
      description: 'The period of everything here.',
      resolve: ({ period }) => period.label,
    }),
    deciles: t.field({
      type: Deciles,
      nullable: true,
      description: 'How its units spread, each counting once; null when all of them are withheld.',
      resolve: (equality) => decilesBy('UNITS', equality),
    }),
    decilesByRespondents: t.field({
      type: Deciles,
      nullable: true,
      description: 'How its users are served: units count by respondents. Null unless every unit tells them.',
      resolve: (equality) => decilesBy('RESPONDENTS', equality),
    }),
    bySetting: t.field({
      type: [SettingFigure],
      description:
        'Figures of its rural, urban and overseas units. Empty within a territory, and where its units are whole régions.',
      resolve: (equality) => inOrder(equality, SETTINGS),
    }),
    byDensity: t.field({
      type: [SettingFigure],
      description: 'Figures by density, the densest first, overseas apart. Empty where `bySetting` is.',
      resolve: (equality) => inOrder(equality, DENSITIES),
    }),
    ruralUrbanGap: t.float({
      nullable: true,
      description: 'Rural minus urban, in points or in the unit of the indicator; null when one is withheld.',
      resolve: (equality) => toNumber(gapBetween(figureOf(equality, 'RURAL'), figureOf(equality, 'URBAN'))),
    }),
    ruralUrbanGapUncertainty: t.field({
      type: GapUncertainty,
      description:
        'Interval of `ruralUrbanGap` and whether it is more than chance; else why nothing is known.',
      resolve: (equality) =>
        uncertaintyBetween(figureOf(equality, 'RURAL'), figureOf(equality, 'URBAN'), equality.formula),
    }),
  }),
});

function decilesBy(weight: DecilesShape['weight'], { deciles, unit }: Equality): DecilesOfUnit | null {
  const found = deciles.find((each) => each.weight === weight);
  return found ? { ...found, unit } : null;
}

const inOrder = (equality: Equality, places: readonly (Setting | Density)[]) =>
  places.flatMap((place) => figureOf(equality, place) ?? []);

builder.objectFields(Network, (t) => ({
  equality: t.field({
    type: EqualityRef,
    nullable: true,
    description:
      'How equal its units are: deciles, rural and urban figures and their gap. Null when no unit published. How far people are from its sites is `access`.',
    args: {
      indicator: t.arg.id({ required: true, description: 'The indicator.' }),
      within: t.arg.id({
        description: 'Deciles of the units of this région or département only; of the nation when omitted.',
      }),
      period: t.arg.string({ description: 'The latest that most of the units have, when omitted.' }),
    },
    resolve: ({ id }, { indicator, within, period }, context) =>
      equalityOf(context, id, {
        indicator: textOf(indicator, 'indicator'),
        within: optionalText(within, 'within'),
        period: optionalPeriod(period),
      }),
  }),
}));
