import type { GraphQLResolveInfo } from 'graphql';
import { fieldsBelow } from '../../../kernel/graphql/asked-fields.ts';
import { connectionType, type Page, pageArguments, pageSize } from '../../../kernel/graphql/connection.ts';
import { NATION, type TerritoryLevel } from '../../../kernel/ids.ts';
import { builder, PageInfo, TerritoryLevel as TerritoryLevelEnum } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { figureLevel, type Optional, optionalPeriod, optionalText, optionalTexts, textOf } from '../input.ts';
import { Network, Territory } from '../stub/stub.type.ts';
import type { FigureRow } from './figure.row.ts';
import { Figure } from './figure.type.ts';
import { type FigureOrder, isDescending, pageOfFigures } from './order.ts';

export const FigureOrderEnum = builder.enumType('FigureOrder', {
  description: 'Order of figures and results; those without a value come last, equal ones by id.',
  values: {
    RANK: { description: 'The best first, whichever direction is better.' },
    VALUE_DESC: { description: 'The greatest value first.' },
    VALUE_ASC: { description: 'The smallest value first.' },
  } as const,
});

/** A page of figures with the one period that they share. */
export type FigurePage = Page<FigureRow> & { period: string | null };

export const Figures = connectionType(builder, PageInfo, 'Figure', Figure);
builder.objectFields(Figures, (t) => ({
  period: t.string({
    nullable: true,
    description: 'The period of every figure of the list; null when nothing was ever published.',
    resolve: (page) => ('period' in page ? (page as FigurePage).period : null),
  }),
}));

/** A département map of the whole country fits one page. */
const MOST = 200;

builder.objectFields(Network, (t) => ({
  figure: t.field({
    type: Figure,
    nullable: true,
    description: 'Its figure for a territory: of a period, or the latest.',
    args: {
      indicator: t.arg.id({ required: true, description: 'The indicator.' }),
      territory: t.arg.id({ defaultValue: NATION, description: 'The territory; the nation when omitted.' }),
      period: t.arg.string({ description: '2023, 2023-S1…; the latest published there when omitted.' }),
    },
    resolve: ({ id }, { indicator, territory, period }, { loaders }) =>
      loaders.latestFigure.load({
        network: id,
        indicator: textOf(indicator, 'indicator'),
        territory: optionalText(territory, 'territory') ?? NATION,
        grain: optionalPeriod(period)?.grain ?? null,
        start: optionalPeriod(period)?.start ?? null,
      }),
  }),
  figures: t.field({
    type: Figures,
    nullable: true,
    description: 'Its figures over the territories of a level, all of one period: a map.',
    args: {
      indicator: t.arg.id({ required: true, description: 'The indicator.' }),
      level: t.arg({
        type: TerritoryLevelEnum,
        required: true,
        description: 'DEPARTEMENT, REGION or NATIONAL: no figure is made of a commune.',
      }),
      within: t.arg.id({ description: 'Only the territories of this région or département.' }),
      period: t.arg.string({ description: 'The latest that most of the territories have, when omitted.' }),
      orderBy: t.arg({ type: FigureOrderEnum, defaultValue: 'RANK', description: 'Order of the list.' }),
      ...pageArguments(builder, MOST),
    },
    resolve: ({ id }, args, context, info) => pageOfMap(context, id, args, isLean(info)),
  }),
}));

builder.objectFields(Territory, (t) => ({
  figures: t.field({
    type: [Figure],
    nullable: true,
    description: 'Figures of the territory, one per network and indicator, all of one period.',
    args: {
      indicators: t.arg.idList({ description: 'Only these indicators.' }),
      network: t.arg.id({ description: 'Only this network.' }),
      period: t.arg.string({ description: 'The latest that most of the list has, when omitted.' }),
    },
    resolve: ({ id }, { indicators, network, period }, { loaders }) =>
      loaders
        .figuresOfTerritory({
          indicators: optionalTexts(indicators, 'indicators'),
          network: optionalText(network, 'network'),
          period: optionalPeriod(period),
        })
        .load(id),
  }),
}));

interface Asked {
  indicator: string;
  level: TerritoryLevel;
  within?: Optional<string>;
  period?: Optional<string>;
  orderBy?: Optional<FigureOrder>;
  first?: Optional<number>;
  after?: Optional<string>;
}

/** Fields that a figure answers from what `Measured` holds, and those around it. */
export const LEAN_FIELDS: ReadonlySet<string> = new Set([
  ...['nodes', 'edges', 'node', 'cursor', 'totalCount', 'pageInfo', '__typename', 'id'],
  ...['startCursor', 'endCursor', 'hasNextPage', 'hasPreviousPage'],
  ...['territory', 'network', 'structure', 'site', 'period', 'value', 'basis', 'suppressed', 'respondents'],
]);

/** Whether little is asked of the figures of a list: what else each has need not be read. */
const isLean = (info: GraphQLResolveInfo) => fieldsBelow(info).isSubsetOf(LEAN_FIELDS);

/** As `LEAN_FIELDS`, for a series: its breaks are told by its points. */
const LEAN_POINTS: ReadonlySet<string> = new Set([
  ...LEAN_FIELDS,
  ...['seriesBreak', 'kind', 'from', 'to', 'note'],
]);

/** As `isLean`, for the figures of a series. */
export const isLeanSeries = (info: GraphQLResolveInfo) => fieldsBelow(info).isSubsetOf(LEAN_POINTS);

async function pageOfMap(
  { loaders }: IndicatorsContext,
  network: string,
  asked: Asked,
  lean: boolean,
): Promise<FigurePage | null> {
  const args = {
    indicator: textOf(asked.indicator, 'indicator'),
    level: figureLevel(asked.level),
    within: optionalText(asked.within, 'within'),
    period: optionalPeriod(asked.period),
  };
  const size = pageSize(asked.first, MOST);
  const [map, indicator] = await Promise.all([
    loaders.map({ ...args, lean }).load(network),
    loaders.indicator.load(args.indicator),
  ]);
  if (!indicator) return null;
  const order = asked.orderBy ?? 'RANK';
  const list = JSON.stringify(['figures', network, args, order]);
  const descending = isDescending(order, indicator.current.direction);
  const page = pageOfFigures(map?.rows ?? [], { list, descending, size, after: asked.after ?? null });
  return { ...page, period: map?.period?.label ?? args.period?.label ?? null };
}
