import {
  decodeCursor,
  encodeCursor,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { Definition, networkOf } from '../indicator/indicator.type.ts';
import { type Optional, optionalText } from '../input.ts';
import { Network } from '../stub/stub.type.ts';
import {
  basisReasonOf,
  COMPUTED_ROUNDING,
  computationOf,
  type Explanation,
  PUBLISHED_ROUNDING,
} from './explanation.ts';
import { keyOfFigure } from './figure.loader.ts';
import type { FigureRow } from './figure.row.ts';
import { type FigurePage, Figures } from './figures.type.ts';
import { uncertaintyOf } from './interval.ts';
import { FigureExplanation, UnknownIntervalEnum } from './parts.type.ts';

const BasisReasonEnum = builder.enumType('BasisReason', {
  description: 'Why a figure has its basis: the first of the rules that holds.',
  values: {
    PUBLISHED_BY_UNIT: { description: 'It is the result of the site, structure or procedure itself.' },
    PUBLISHED_AT_LEVEL: {
      description:
        'The source published it for this territory, by itself or by the only structure that answers for it.',
    },
    PUBLISHED_STATISTIC: { description: 'The source published it as the lowest or highest of its units.' },
    COUNTS_ARE_ADDED: { description: 'Nothing was published at this level, and counts are added.' },
    ALL_HAVE_COUNTS: {
      description: 'Nothing was published at this level; every unit has its numerator and denominator.',
    },
    ALL_HAVE_RESPONDENTS: {
      description: 'A unit has no numerator and denominator, but all say how many answered.',
    },
    NOT_ALL_HAVE_WEIGHTS: {
      description: 'A unit has neither counts nor respondents: nothing says how much it weighs.',
    },
  } as const,
});

const rulesAt = ({ figure }: Explanation, { loaders }: IndicatorsContext) =>
  loaders.rules.load(figure.network_id);

builder.objectFields(FigureExplanation, (t) => ({
  computation: t.string({
    nullable: true,
    description:
      'The formula as it was applied, with its numbers: 100 × 1234 / 1600 = 77.125. Null without a value.',
    resolve: computationOf,
  }),
  basisReason: t.field({
    type: BasisReasonEnum,
    nullable: true,
    description: 'Why the basis is this one; null where the figure is withheld.',
    resolve: basisReasonOf,
  }),
  withoutCounts: t.int({
    description: 'Parts that are shown and have no numerator and denominator.',
    resolve: ({ parts }) => parts.reduce((sum, part) => sum + part.without_counts, 0),
  }),
  withoutRespondents: t.int({
    description: 'Parts that are shown and do not say how many answered.',
    resolve: ({ parts }) => parts.reduce((sum, part) => sum + part.without_respondents, 0),
  }),
  rounding: t.string({
    description: 'How the value was rounded.',
    resolve: ({ figure }) => (figure.basis === 'PUBLISHED' ? PUBLISHED_ROUNDING : COMPUTED_ROUNDING),
  }),
  missing: t.int({
    nullable: true,
    description:
      'Units of the territory that published nothing for it; `Network.completeness` names those of a year.',
    resolve: ({ figure: { publishing, expected } }) =>
      publishing === null || expected === null ? null : expected - publishing,
  }),
  noInterval: t.field({
    type: UnknownIntervalEnum,
    nullable: true,
    description: 'Why the figure has no interval; null when it has one.',
    resolve: ({ figure, definition }) => {
      const found = uncertaintyOf(figure, definition.formula);
      return typeof found === 'string' ? found : null;
    },
  }),
  definition: t.field({
    type: Definition,
    description: 'The definition that it was published under: question, unit, methods.',
    resolve: ({ definition }) => definition,
  }),
  threshold: t.int({
    nullable: true,
    description: 'Respondents under which a rate is withheld.',
    resolve: async (explanation, _args, context) => (await rulesAt(explanation, context))?.threshold ?? null,
  }),
  vintage: t.int({
    nullable: true,
    description: 'Year of the official geographic code (COG) by which units stand in territories.',
    resolve: async (explanation, _args, context) => (await rulesAt(explanation, context))?.vintage ?? null,
  }),
  countedOn: t.field({
    type: [Network],
    nullable: { list: false, items: true },
    description:
      'Networks on whose sites it is counted: its own, and those that succeeded it. Empty for all services together.',
    resolve: async (explanation, _args, context) =>
      ((await rulesAt(explanation, context))?.counted_on ?? [])
        .map(networkOf)
        .filter((network) => network !== null),
  }),
  units: t.field({
    type: Figures,
    description:
      'The results that it is made of, by site or structure: all of its parts, or the one that was published. Withheld ones are there without their values.',
    args: pageArguments(builder),
    resolve: (explanation, { first, after }, context) => pageOfUnits(context, explanation, { first, after }),
  }),
}));

async function pageOfUnits(
  { loaders }: IndicatorsContext,
  { figure, parts }: Explanation,
  { first, after }: { first: Optional<number>; after: Optional<string> },
): Promise<FigurePage> {
  const size = pageSize(first);
  const key = figure.subject_kind === 'TERRITORY' ? keyOfFigure(figure) : null;
  const list = JSON.stringify(['units', key]);
  const last = optionalText(decodeCursor(list, after)?.[0], 'after');
  const rows = key === null ? [] : await loaders.units({ after: last, limit: size + 1 }).load(key);
  const total = parts.reduce((sum, part) => sum + part.parts, 0);
  // A published figure has no parts: it is one result, which is on this page, or after or before the one asked for.
  const isKnown = rows.length > 0 || last !== null;
  const count = figure.basis === 'PUBLISHED' ? Number(isKnown) : total;
  const cursorOf = (row: FigureRow) => encodeCursor(list, [row.subject_id]);
  const page = toPage<FigureRow>(rows, size, after, cursorOf, count);
  return { ...page, period: periodLabel(figure.period_grain, figure.period_start) };
}
