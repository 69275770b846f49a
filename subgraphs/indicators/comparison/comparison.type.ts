import { toNumber } from '../../../kernel/decimal.ts';
import { fieldsBelow } from '../../../kernel/graphql/asked-fields.ts';
import type { TerritoryLevel } from '../../../kernel/ids.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, TerritoryLevel as TerritoryLevelEnum } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import { definitionAt, Figure, indicatorOf, subjectOf } from '../figure/figure.type.ts';
import { isLeanSeries, LEAN_FIELDS } from '../figure/figures.type.ts';
import { FamilyEnum } from '../indicator/enums.type.ts';
import { Indicator } from '../indicator/indicator.type.ts';
import { figureLevel, optionalPeriod, textOf } from '../input.ts';
import { between } from '../series/breaks.ts';
import { Site, Structure } from '../stub/stub.type.ts';
import {
  type Comparison as ComparisonShape,
  comparisonOf,
  comparisonsOf,
  levelKey,
  territoryAt,
} from './comparison.ts';
import { gapUncertaintyOf, isSignificant } from './gap-uncertainty.ts';
import { GapUncertainty } from './gap-uncertainty.type.ts';
import { groupOf } from './group.ts';
import { membershipOf } from './membership.ts';
import { gapBetween, isBetter, medianOf, standingOf } from './standing.ts';

type Loaders = IndicatorsContext['loaders'];

export const Comparison = builder.objectRef<ComparisonShape>('Comparison').implement({
  description:
    'One indicator at every level, for one definition and one period: that of the local figure, or of the nation where there is no local figure.',
  fields: (t) => {
    const level = (at: TerritoryLevel, description: string) =>
      t.field({
        type: Figure,
        nullable: true,
        description,
        resolve: (comparison, _args, { loaders }) => figureAt(comparison, at, loaders),
      });
    const extreme = (which: 'LOWEST' | 'HIGHEST', description: string) =>
      t.field({
        type: Figure,
        nullable: true,
        description,
        resolve: ({ base, local }, _args, { loaders }) =>
          local?.around ? local.around.extremes[which] : extremeOf(base, which, loaders),
      });
    const gap = (at: TerritoryLevel, description: string) =>
      t.float({
        nullable: true,
        description: `${description}, in points or in the unit of the indicator: local minus the other.`,
        resolve: async (comparison, _args, { loaders }) =>
          toNumber(gapBetween(comparison.local, await figureAt(comparison, at, loaders))),
      });
    return {
      indicator: t.field({
        type: Indicator,
        description: 'What is compared.',
        resolve: ({ base }, _args, { loaders }) => indicatorOf(base.indicator_id, loaders),
      }),
      period: t.string({
        description: 'The period of every figure of the comparison.',
        resolve: ({ base }) => periodLabel(base.period_grain, base.period_start),
      }),
      local: t.field({
        type: Figure,
        nullable: true,
        description:
          'Its own result; else that of its structure; else that of its territory, where the network publishes nothing finer (see `inheritedFrom`).',
        resolve: ({ local }) => local,
      }),
      departement: level('DEPARTEMENT', 'The figure of its département.'),
      region: level('REGION', 'The figure of its région.'),
      national: level('NATIONAL', 'The figure of the nation.'),
      lowest: extreme(
        'LOWEST',
        'The lowest value of the network: as the source published it, else of a unit.',
      ),
      highest: extreme(
        'HIGHEST',
        'The highest value of the network: as the source published it, else of a unit.',
      ),
      median: t.float({
        nullable: true,
        description: 'The median of the units of the network.',
        resolve: async (comparison, _args, { loaders }) => toNumber(await medianAround(comparison, loaders)),
      }),
      rank: t.int({
        nullable: true,
        description: 'Its rank among the units of the network, 1 the best; equal values share a rank.',
        resolve: async (comparison, _args, { loaders }) =>
          (await standing(comparison, loaders))?.rank ?? null,
      }),
      of: t.int({
        nullable: true,
        description: 'How many units are ranked.',
        resolve: async (comparison, _args, { loaders }) => (await standing(comparison, loaders))?.of ?? null,
      }),
      gapToDepartement: gap('DEPARTEMENT', 'Gap to its département'),
      gapToRegion: gap('REGION', 'Gap to its région'),
      gapToNational: gap('NATIONAL', 'Gap to the nation'),
      betterThanNational: t.boolean({
        nullable: true,
        description: 'Whether it is strictly better than the nation, whichever direction is better.',
        resolve: async (comparison, _args, { loaders }) => {
          const [definition, national] = await Promise.all([
            definitionAt(comparison.base, loaders),
            figureAt(comparison, 'NATIONAL', loaders),
          ]);
          return isBetter(comparison.local, national, definition.direction);
        },
      }),
      gapSignificant: t.boolean({
        nullable: true,
        description:
          'Whether the gap to the nation is more than chance, at 95 %: zero is outside of `gapUncertainty`. Null when nothing is known of that.',
        resolve: async (comparison, _args, { loaders }) => {
          const found = await uncertaintyOfGap(comparison, 'NATIONAL', loaders);
          return typeof found === 'string' ? null : isSignificant(found);
        },
      }),
      gapUncertainty: t.field({
        type: GapUncertainty,
        description:
          'The uncertainty of a gap: the place against the rest of the territory, where its answers are known to be among those of the territory; else the two as if they shared none, which is never narrower.',
        args: {
          level: t.arg({
            type: TerritoryLevelEnum,
            defaultValue: 'NATIONAL',
            description: 'DEPARTEMENT, REGION or NATIONAL: the gap to which figure.',
          }),
        },
        resolve: (comparison, { level }, { loaders }) =>
          uncertaintyOfGap(comparison, figureLevel(level ?? 'NATIONAL'), loaders),
      }),
      target: t.float({
        nullable: true,
        description: 'What was aimed at for the period: by its structure, else by its network.',
        resolve: async ({ base, local }, _args, { loaders }) =>
          toNumber((await loaders.target.load(targetKey(base, local)))?.value ?? null),
      }),
      evolution: t.field({
        type: [Figure],
        description:
          'Figures over time, the oldest first, their breaks marked; what does not compare is not hidden.',
        args: {
          from: t.arg.string({ description: 'First period: 2018.' }),
          to: t.arg.string({ description: 'Last period: 2023.' }),
          scope: t.arg({
            type: TerritoryLevelEnum,
            description: 'DEPARTEMENT, REGION or NATIONAL; the local figure itself when omitted, or COMMUNE.',
          }),
        },
        resolve: (comparison, { from, to, scope }, { loaders }, info) =>
          evolutionOf(comparison, { scope: scope ?? null, lean: isLeanSeries(info) }, loaders).then(
            (series) => between(series, optionalPeriod(from)?.start ?? null, optionalPeriod(to)?.end ?? null),
          ),
      }),
    };
  },
});

/** Fields that a comparison answers from what is read with the local figure, whatever else they are names of. */
export const LEAN_COMPARISON: ReadonlySet<string> = new Set([
  ...LEAN_FIELDS,
  ...['local', 'departement', 'region', 'national', 'lowest', 'highest', 'median'],
  ...['gapToDepartement', 'gapToRegion', 'gapToNational', 'betterThanNational'],
  ...['indicator', 'unit', 'code', 'title', 'userTitle', 'question', 'family', 'direction'],
]);

for (const Place of [Site, Structure]) {
  builder.objectFields(Place, (t) => ({
    comparison: t.field({
      type: Comparison,
      nullable: true,
      description:
        'One indicator, here and at every level; null when neither it nor the nation has a figure.',
      args: {
        indicator: t.arg.id({
          required: true,
          description: 'The indicator, also of a network that it succeeded.',
        }),
        period: t.arg.string({ description: 'The latest of the local figure, when omitted.' }),
      },
      resolve: ({ id }, { indicator, period }, { loaders }) =>
        comparisonOf(loaders, id, {
          indicator: textOf(indicator, 'indicator'),
          family: null,
          period: optionalPeriod(period),
        }),
    }),
    comparisons: t.field({
      type: [Comparison],
      nullable: true,
      description: 'Every indicator that has a local figure, each for the latest period of that figure.',
      args: {
        family: t.arg({ type: FamilyEnum, description: 'Only this family.' }),
        period: t.arg.string({ description: 'Only what has a local figure for this period.' }),
      },
      resolve: ({ id }, { family, period }, { loaders }, info) =>
        comparisonsOf(loaders, id, {
          around: fieldsBelow(info).isSubsetOf(LEAN_COMPARISON),
          indicator: null,
          family: family ?? null,
          period: optionalPeriod(period),
        }),
    }),
  }));
}

async function figureAt(comparison: ComparisonShape, level: TerritoryLevel, loaders: Loaders) {
  const known = level === 'COMMUNE' ? undefined : comparison.local?.around?.levels[level];
  if (known !== undefined) return known;
  const key = levelKey(comparison, level);
  return key === null ? null : loaders.figureAt.load(key);
}

async function uncertaintyOfGap(comparison: ComparisonShape, level: TerritoryLevel, loaders: Loaders) {
  const [{ formula }, whole] = await Promise.all([
    definitionAt(comparison.base, loaders),
    figureAt(comparison, level, loaders),
  ]);
  const { local, place } = comparison;
  if (!local || !whole) return 'NO_GAP';
  const membership = await membershipOf(local, whole, place, (structure) => loaders.spot.load(structure));
  return gapUncertaintyOf(local, whole, formula, membership);
}

/** Placing a value in its group reads all values of the group: not for the median alone. */
const medianAround = async ({ base, local }: ComparisonShape, loaders: Loaders) =>
  local?.around
    ? local.around.median
    : medianOf(await loaders.spread.load({ ...groupOf(base), value: null }));

async function extremeOf(base: FigureRow, which: 'LOWEST' | 'HIGHEST', loaders: Loaders) {
  return (await loaders.extremes.load(groupOf(base))).find((row) => row.extreme === which) ?? null;
}

const spreadOf = ({ base, local }: ComparisonShape, loaders: Loaders) =>
  loaders.spread.load({ ...groupOf(base), value: local?.value ?? null });

async function standing(comparison: ComparisonShape, loaders: Loaders) {
  // Asked for at once, with the medians of the page.
  const [spread, unit, { direction }] = await Promise.all([
    spreadOf(comparison, loaders),
    unitOf(comparison, loaders),
    definitionAt(comparison.base, loaders),
  ]);
  return unit === null ? null : standingOf(spread, direction);
}

/**
 * The local figure, when it is that of a unit of the network. Only a unit is ranked: neither a parent structure, nor a
 * site that shows the figure of its territory.
 */
export async function unitOf(comparison: ComparisonShape, loaders: Loaders) {
  const { local } = comparison;
  if (!local) return null;
  const isUnit = local.inherited
    ? (await spreadOf(comparison, loaders))?.of_territories === true
    : local.is_unit;
  return isUnit ? local : null;
}

const targetKey = (base: FigureRow, local: FigureRow | null) => ({
  indicator: base.indicator_id,
  network: base.network_id,
  structure: (local && subjectOf(local, 'STRUCTURE')?.id) ?? '',
  start: base.period_start,
  end: base.period_end,
});

async function evolutionOf(
  { place, base, local }: ComparisonShape,
  { scope, lean }: { scope: TerritoryLevel | null; lean: boolean },
  loaders: Loaders,
): Promise<readonly FigureRow[]> {
  const isLocal = scope === null || scope === 'COMMUNE';
  const subject = isLocal ? (local?.subject_id ?? null) : territoryAt(place, scope);
  if (subject === null) return [];
  return loaders.series(lean).load({ network: base.network_id, indicator: base.indicator_id, subject });
}
