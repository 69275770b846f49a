import { toNumber } from '../../../kernel/decimal.ts';
import { builder, Provenance } from '../builder.ts';
import type { SeriesBreak as BreakShape } from '../series/breaks.ts';
import type { PartsRow } from './explanation.query.ts';
import type { FigureRow } from './figure.row.ts';
import type { Interval as IntervalShape } from './interval.ts';
import { provenanceOf } from './provenance.ts';

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
    COMPLEMENTARY: { description: 'With it, another withheld value could be found by difference.' },
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

export const Interval = builder.objectRef<IntervalShape>('Interval').implement({
  description: 'Wilson score interval of a proportion, at 95 % confidence.',
  fields: (t) => ({
    low: t.float({ description: 'Lower bound, in percent.', resolve: ({ low }) => toNumber(low) }),
    high: t.float({ description: 'Upper bound, in percent.', resolve: ({ high }) => toNumber(high) }),
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

/** How a figure was made. */
export interface Explanation {
  figure: FigureRow;
  formula: string | null;
  parts: readonly PartsRow[];
}

export const FigureExplanation = builder.objectRef<Explanation>('FigureExplanation').implement({
  description: 'How a figure was made, for those who audit it.',
  fields: (t) => ({
    formula: t.exposeString('formula', {
      nullable: true,
      description: 'How the value of a part comes from its counts or answers; null when not declared.',
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
      resolve: ({ figure, parts }) =>
        (parts.length > 0 ? parts : [figure]).map(provenanceOf).filter((source) => source !== null),
    }),
  }),
});

/** Null where nothing was published. */
export function coverageOf({ publishing, expected }: FigureRow) {
  return publishing === null || expected === null ? null : { publishing, expected };
}
