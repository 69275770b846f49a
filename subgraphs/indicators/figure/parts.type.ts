import { toNumber } from '../../../kernel/decimal.ts';
import { builder, Provenance } from '../builder.ts';
import { formulaText } from '../indicator/formula.ts';
import type { SeriesBreak as BreakShape } from '../series/breaks.ts';
import type { Explanation } from './explanation.ts';
import type { FigureRow } from './figure.row.ts';
import type { Interval as IntervalShape } from './interval.ts';
import { originOf, provenanceOf } from './provenance.ts';

export const BasisEnum = builder.enumType('FigureBasis', {
  description: 'Where a figure comes from.',
  values: {
    PUBLISHED: { description: 'The source published it at this level.' },
    COMPUTED_WEIGHTED: { description: 'Computed from its parts, each weighing its cases or its answers.' },
    COMPUTED_UNWEIGHTED: { description: 'Plain mean of its parts, for want of their weights.' },
  } as const,
});

export const SuppressionEnum = builder.enumType('SuppressionReason', {
  description: 'Why a value is withheld.',
  values: {
    SMALL_SAMPLE: { description: 'It comes from too few answers.' },
    COMPLEMENTARY: { description: 'With it, another withheld value could be found.' },
  } as const,
});

export const Coverage = builder.objectRef<{ publishing: number; expected: number }>('Coverage').implement({
  description: 'How many of the units of a territory are behind a figure.',
  fields: (t) => ({
    publishing: t.exposeInt('publishing', { description: 'Units that published.' }),
    expected: t.exposeInt('expected', { description: 'Units that there are.' }),
  }),
});

export const Distribution = builder.objectRef<FigureRow>('Distribution').implement({
  description: 'How users answered, in numbers of answers.',
  fields: (t) => ({
    veryFavourable: t.exposeInt('very_favourable', {
      nullable: true,
      description: 'Très satisfait, and alike.',
    }),
    favourable: t.exposeInt('favourable', { nullable: true, description: 'Plutôt satisfait, and alike.' }),
    unfavourable: t.exposeInt('unfavourable', {
      nullable: true,
      description: 'Plutôt pas satisfait, and alike.',
    }),
    veryUnfavourable: t.exposeInt('very_unfavourable', {
      nullable: true,
      description: 'Pas du tout satisfait, and alike.',
    }),
  }),
});

/** Every interval of the graph has this level of confidence, in percent. */
export const CONFIDENCE = 95;

export const IntervalMethodEnum = builder.enumType('IntervalMethod', {
  description: 'How an interval is computed; docs/statistics.md has the formulas.',
  values: {
    WILSON: { description: 'Score interval of a proportion (Wilson, 1927).' },
    TANGO: {
      description:
        'Score interval of a net rate: a difference of two shares of the same answers (Tango, 1998).',
    },
    NEWCOMBE: {
      description:
        'Hybrid score interval of a difference (Newcombe, 1998): between a place and the rest of a territory, a place and a territory that it is not known to be a part of, or rural and urban places.',
    },
    FIXED_REFERENCE: {
      description:
        'Interval of the local figure, against a reference whose own uncertainty is unknown and left out.',
    },
  } as const,
});

export const UnknownIntervalEnum = builder.enumType('NoIntervalReason', {
  description: 'Why nothing is known of the uncertainty of a figure or of a gap.',
  values: {
    NO_VALUE: { description: 'The figure is withheld, or nothing is published.' },
    NOT_A_RATE: {
      description:
        'A mean, a delay, a score or a count: the spread of the cases behind it is not published. Or no formula is declared.',
    },
    COUNTS_UNKNOWN: { description: 'The rate was published without the counts or answers behind it.' },
    NO_GAP: { description: 'One of the two figures is missing or withheld.' },
  } as const,
});

export const Interval = builder.objectRef<IntervalShape>('Interval').implement({
  description: 'Interval of confidence of a rate or net rate, which never leaves the possible values.',
  fields: (t) => ({
    low: t.float({ description: 'Lower bound, in percent or points.', resolve: ({ low }) => toNumber(low) }),
    high: t.float({
      description: 'Upper bound, in percent or points.',
      resolve: ({ high }) => toNumber(high),
    }),
    method: t.expose('method', { type: IntervalMethodEnum, description: 'How it is computed.' }),
    level: t.int({ description: 'Level of confidence, in percent.', resolve: () => CONFIDENCE }),
  }),
});

const BreakKind = builder.enumType('SeriesBreakKind', {
  description: 'What changed in a series.',
  values: {
    DEFINITION: { description: 'The definition: question, method or unit.' },
    NETWORK: { description: 'The network: one succeeded the other.' },
  } as const,
});

export const SeriesBreak = builder.objectRef<BreakShape>('SeriesBreak').implement({
  description: 'A figure that does not compare with the one before it in its series.',
  fields: (t) => ({
    kind: t.expose('kind', { type: BreakKind, description: 'What changed.' }),
    from: t.exposeString('from', { description: 'Before: version of the definition, or id of the network.' }),
    to: t.exposeString('to', { description: 'From this figure on.' }),
    note: t.exposeString('note', { description: 'The change, in a sentence.' }),
  }),
});

export const FigureExplanation = builder.objectRef<Explanation>('FigureExplanation').implement({
  description: 'How a figure was made, for those who audit it.',
  fields: (t) => ({
    formula: t.string({
      nullable: true,
      description: 'How the value of a part comes from its counts or answers; null when not declared.',
      resolve: ({ definition }) => formulaText(definition.formula),
    }),
    basis: t.field({
      type: BasisEnum,
      nullable: true,
      description: 'How the parts were put together.',
      resolve: ({ figure }) => figure.basis,
    }),
    parts: t.int({
      description: 'Results that it was computed from; 0 when the source published the figure itself.',
      resolve: ({ parts }) => parts.reduce((total, part) => total + part.parts, 0),
    }),
    withheld: t.int({
      description: 'Parts whose own value is withheld.',
      resolve: ({ parts }) => parts.reduce((total, part) => total + part.withheld, 0),
    }),
    coverage: t.field({
      type: Coverage,
      nullable: true,
      description: 'How many of the units of the territory are behind it.',
      resolve: ({ figure }) => coverageOf(figure),
    }),
    sources: t.field({
      type: [Provenance],
      description: 'The files that its parts came in.',
      resolve: async ({ figure, parts }, _args, { loaders }) => {
        const sources = parts.length > 0 ? parts.map(provenanceOf) : [await originOf(figure, loaders)];
        return sources.filter((source) => source !== null);
      },
    }),
  }),
});

/** Null where nothing was published. */
export function coverageOf({ publishing, expected }: FigureRow) {
  return publishing === null || expected === null ? null : { publishing, expected };
}
