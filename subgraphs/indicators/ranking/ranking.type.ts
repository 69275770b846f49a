import { toNumber } from '../../../kernel/decimal.ts';
import {
  connectionType,
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, PageInfo, Provenance } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { subjectOf } from '../figure/figure.type.ts';
import { FigureOrderEnum } from '../figure/figures.type.ts';
import { type FigureOrder, isDescending } from '../figure/order.ts';
import { originOf } from '../figure/provenance.ts';
import { type Optional, optionalPeriod, optionalText, textOf } from '../input.ts';
import { Network, Site, Structure, Territory } from '../stub/stub.type.ts';
import type { RankedGroup } from './group.query.ts';
import type { RankedRow, RankingSlice } from './ranking.query.ts';

export const Result = builder.objectRef<RankedRow>('Result').implement({
  description: 'The result of one unit of a network, and its rank.',
  fields: (t) => ({
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that it is of.',
      resolve: (row) => subjectOf(row, 'SITE'),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it is of.',
      resolve: (row) => subjectOf(row, 'STRUCTURE'),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory that it is of, where the network publishes nothing finer.',
      resolve: (row) => subjectOf(row, 'TERRITORY'),
    }),
    period: t.string({
      description: 'The period of every result of the list.',
      resolve: (row) => periodLabel(row.period_grain, row.period_start),
    }),
    value: t.float({
      nullable: true,
      description: 'The value; what is withheld is not ranked.',
      resolve: ({ value }) => toNumber(value),
    }),
    rank: t.exposeInt('rank', {
      description:
        'Its rank in the ranking, 1 the best whatever the order of the list; equal values share a rank.',
    }),
    respondents: t.exposeInt('respondents', { nullable: true, description: 'Users who answered.' }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where it comes from.',
      resolve: (row, _args, { loaders }) => originOf(row, loaders),
    }),
  }),
});

/** A page of results with the one period that they share. */
type ResultPage = Page<RankedRow> & { period: string | null };

const Results = connectionType(builder, PageInfo, 'Result', Result);
builder.objectFields(Results, (t) => ({
  period: t.string({
    nullable: true,
    description: 'The period of every result of the list; null when nothing was ever published.',
    resolve: (page) => ('period' in page ? (page as ResultPage).period : null),
  }),
}));

builder.objectFields(Network, (t) => ({
  ranking: t.field({
    type: Results,
    nullable: true,
    description:
      'Its units (sites or structures) by value, all of one period; those that are withheld are left out.',
    args: {
      indicator: t.arg.id({ required: true, description: 'The indicator.' }),
      within: t.arg.id({
        description:
          'Only the units of this région, département or commune. What answers for more stands in none, wherever its seat is.',
      }),
      period: t.arg.string({ description: 'The latest that most of the units have, when omitted.' }),
      orderBy: t.arg({ type: FigureOrderEnum, defaultValue: 'RANK', description: 'Order of the list.' }),
      ...pageArguments(builder),
    },
    resolve: ({ id }, args, context) => pageOfRanking(context, id, args),
  }),
}));

interface Asked {
  indicator: string;
  within?: Optional<string>;
  period?: Optional<string>;
  orderBy?: Optional<FigureOrder>;
  first?: Optional<number>;
  after?: Optional<string>;
}

async function pageOfRanking({ loaders, lists }: IndicatorsContext, network: string, asked: Asked) {
  const scope = {
    indicator: textOf(asked.indicator, 'indicator'),
    within: optionalText(asked.within, 'within'),
    period: optionalPeriod(asked.period),
  };
  const order = asked.orderBy ?? 'RANK';
  const list = JSON.stringify(['ranking', network, scope, order]);
  const size = pageSize(asked.first);
  const position = positionOf(list, asked.after);
  const slice = { after: position, limit: size + 1 };
  const [indicator, group] = await Promise.all([
    loaders.indicator.load(scope.indicator),
    position?.group ?? lists.rankedGroup(network, scope),
  ]);
  if (!indicator) return null;
  const { direction } = indicator.current;
  const args = {
    ...scope,
    descending: isDescending(order, direction),
    higherIsBetter: direction === 'HIGHER_IS_BETTER',
  };
  const rows = group ? await lists.ranking(network, args, group, slice) : [];
  const cursorOf = (row: RankedRow) =>
    encodeCursor(list, [
      row.value,
      row.subject_id,
      periodLabel(row.period_grain, row.period_start),
      String(row.definition_version),
    ]);
  const count = async () => (group ? lists.countRanked(network, scope, group) : 0);
  const page = toPage(rows, size, asked.after, cursorOf, count);
  return { ...page, period: group?.period.label ?? scope.period?.label ?? null };
}

const DECIMAL = /^-?\d{1,30}(\.\d{1,30})?$/;

const VERSION = /^\d{1,6}$/;

/**
 * The place that a cursor holds, and the group that the first page was made of: what is published meanwhile does not
 * change the period between two pages. It is sealed against mistakes only: what is no number or period never goes to SQL.
 */
function positionOf(
  list: string,
  cursor: Optional<string>,
): (RankingSlice['after'] & { group: RankedGroup }) | null {
  const key = decodeCursor(list, cursor);
  if (key === null) return null;
  const [value, subject, label, version] = key.map((part) => optionalText(part, 'after'));
  const period = optionalPeriod(label);
  if (!value || !subject || !DECIMAL.test(value) || !period || !version || !VERSION.test(version))
    throw foreignCursor();
  return { value, subject, group: { period, version: Number(version) } };
}
