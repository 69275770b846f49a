import { toNumber } from '../../../kernel/decimal.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { periodLabel } from '../../../kernel/period.ts';
import { builder, Provenance } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { UnitEnum } from '../indicator/enums.type.ts';
import { definitionOf } from '../indicator/indicator.loader.ts';
import { Indicator, networkOf } from '../indicator/indicator.type.ts';
import { breakBefore } from '../series/breaks.ts';
import { Network, Site, Structure, Territory } from '../stub/stub.type.ts';
import type { SubjectKind } from '../tables.ts';
import type { Explanation } from './explanation.ts';
import { keyOfFigure } from './figure.loader.ts';
import type { FigureRow } from './figure.row.ts';
import { intervalOf } from './interval.ts';
import {
  BasisEnum,
  Coverage,
  coverageOf,
  Distribution,
  FigureExplanation,
  Interval,
  SeriesBreak,
  SuppressionEnum,
} from './parts.type.ts';
import { originOf } from './provenance.ts';

type Loaders = IndicatorsContext['loaders'];

/** The stub of the subject of a figure when it is of that kind. */
export const subjectOf = (row: FigureRow, kind: SubjectKind) =>
  stubOf(row.subject_kind === kind ? row.subject_id : null);

/** The indicator of a figure: nothing is published of what is not defined. */
export async function indicatorOf(id: string, loaders: Loaders) {
  const indicator = await loaders.indicator.load(id);
  if (!indicator) throw new Error(`a figure of ${id}, which is not defined`);
  return indicator;
}

/** What the indicator of a figure meant when it was published. */
export async function definitionAt(row: FigureRow, loaders: Loaders) {
  return definitionOf(await indicatorOf(row.indicator_id, loaders), row.definition_version);
}

export const Figure = builder.objectRef<FigureRow>('Figure').implement({
  description:
    'The value of an indicator for a site, a structure or a territory and a period. What is published nowhere for the period has no value, basis, coverage or provenance.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      nullable: true,
      description: 'Whose figure it is; null for all public services together.',
      resolve: ({ network_id }) => networkOf(network_id),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory that it is about.',
      resolve: (row) => subjectOf(row, 'TERRITORY'),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it is about.',
      resolve: (row) => subjectOf(row, 'STRUCTURE'),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that it is about.',
      resolve: (row) => subjectOf(row, 'SITE'),
    }),
    period: t.string({
      description: 'Period: 2023, 2023-S1, 2023-T3 or 2023-07.',
      resolve: (row) => periodLabel(row.period_grain, row.period_start),
    }),
    periodInferred: t.exposeBoolean('period_inferred', {
      description: 'The source gave a day of update and no period: the period is deduced from it.',
    }),
    value: t.float({
      nullable: true,
      description: 'The value, as published or computed; null when withheld or when nothing is published.',
      resolve: ({ value }) => toNumber(value),
    }),
    basis: t.expose('basis', { type: BasisEnum, nullable: true, description: 'Where the value comes from.' }),
    numerator: t.float({
      nullable: true,
      description: 'Cases counted.',
      resolve: ({ numerator }) => toNumber(numerator),
    }),
    denominator: t.float({
      nullable: true,
      description: 'Cases out of which they are counted.',
      resolve: ({ denominator }) => toNumber(denominator),
    }),
    respondents: t.int({
      nullable: true,
      description: 'Users who answered; null when unknown or withheld.',
      resolve: ({ respondents, suppressed }) => (suppressed === null ? respondents : null),
    }),
    distribution: t.field({
      type: Distribution,
      nullable: true,
      description: 'How they answered; null when unknown or withheld.',
      resolve: (row) => (row.very_favourable === null && row.favourable === null ? null : row),
    }),
    coverage: t.field({
      type: Coverage,
      nullable: true,
      description: 'How many of the units of the territory are behind it; 1 of 1 for a site or a structure.',
      resolve: coverageOf,
    }),
    suppressed: t.expose('suppressed', {
      type: SuppressionEnum,
      nullable: true,
      description: 'Why the value is withheld; null when it is not.',
    }),
    inheritedFrom: t.field({
      type: Territory,
      nullable: true,
      description:
        'Set when a site shows the figure of a whole territory, because its network publishes nothing finer.',
      resolve: (row) => stubOf(row.inherited_from ?? null),
    }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where it comes from; for a computed figure, the latest import among its parts.',
      resolve: (row, _args, { loaders }) => originOf(row, loaders),
    }),
  }),
});

builder.objectFields(Figure, (t) => ({
  indicator: t.field({
    type: Indicator,
    description: 'What is measured.',
    resolve: ({ indicator_id }, _args, { loaders }) => indicatorOf(indicator_id, loaders),
  }),
  unit: t.field({
    type: UnitEnum,
    description: 'Unit of the value.',
    resolve: async (row, _args, { loaders }) => (await definitionAt(row, loaders)).unit,
  }),
  interval: t.field({
    type: Interval,
    nullable: true,
    description:
      'Uncertainty of a rate or net rate of known counts or answers; null for any other figure, see `explain`.',
    resolve: async (row, _args, { loaders }) => intervalOf(row, (await definitionAt(row, loaders)).formula),
  }),
  seriesBreak: t.field({
    type: SeriesBreak,
    nullable: true,
    description: 'Why it does not compare with the figure before it in its series; null when it does.',
    resolve: async (row, _args, { loaders }) => breakBefore(await seriesAround(row, loaders), row),
  }),
  explain: t.field({
    type: FigureExplanation,
    nullable: true,
    description: 'How the figure was made; null where there is none.',
    resolve: (row, _args, { loaders }) => (row.basis === null ? null : explanationOf(row, loaders)),
  }),
}));

async function seriesAround(row: FigureRow, loaders: Loaders): Promise<readonly FigureRow[]> {
  if (row.subject_id === null || row.basis === null) return [];
  return loaders.series(true).load({
    network: row.network_id,
    indicator: row.indicator_id,
    subject: row.subject_id,
  });
}

async function explanationOf(figure: FigureRow, loaders: Loaders): Promise<Explanation> {
  const key = figure.basis === 'PUBLISHED' ? null : keyOfFigure(figure);
  const [definition, parts] = await Promise.all([
    definitionAt(figure, loaders),
    key === null ? [] : loaders.parts.load(key),
  ]);
  return { figure, definition, parts };
}
