import { badInput } from '../../../kernel/errors.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import { builder } from '../builder.ts';
import type { TestimoniesContext } from '../context.ts';
import type { Dimension } from '../statistics/dimension.ts';
import { DimensionEnum } from '../statistics/groups.type.ts';
import { SUBJECTS } from '../subject/stubs.type.ts';
import type { TestimonyFilter } from '../testimony/filter.ts';
import { readFilter, TestimonyFilterInput } from '../testimony/filter.type.ts';
import type { FacetRow } from './facet.query.ts';

interface Facet {
  dimension: Dimension;
  values: readonly FacetRow[];
}

const FacetValue = builder.objectRef<FacetRow>('TestimonyFacetValue').implement({
  description: 'A value that a selection of testimonies can be narrowed to, with how many it would leave.',
  fields: (t) => ({
    value: t.exposeString('value', {
      nullable: true,
      description: 'An id, an enum value, a month, to be put in the filter; null where nobody said it.',
    }),
    label: t.exposeString('label', { description: 'The same in French, to be shown.' }),
    count: t.exposeInt('count', {
      description: 'Testimonies that have it, under all that the filter says otherwise.',
    }),
    selected: t.exposeBoolean('selected', { description: 'Whether the filter asks for it.' }),
  }),
});

const TestimonyFacet = builder.objectRef<Facet>('TestimonyFacet').implement({
  description: 'What a selection of testimonies can be narrowed by, in one dimension.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: DimensionEnum, description: 'The dimension.' }),
    values: t.field({
      type: [FacetValue],
      description: 'Its most frequent values, those that the filter asks for among them.',
      resolve: ({ values }) => values,
    }),
    others: t.int({
      description: 'How many more values it has.',
      resolve: ({ values }) => values[0]?.others ?? 0,
    }),
  }),
});

/** Each of them goes through the whole selection. */
const MOST_FACETS = 8;
const MOST_VALUES = 50;
const DEFAULT_VALUES = 10;

const ARGUMENTS = builder.args((t) => ({
  filter: t.field({ type: TestimonyFilterInput, description: 'Which testimonies.' }),
  facets: t.field({
    type: [DimensionEnum],
    required: true,
    description: `The dimensions, up to ${MOST_FACETS} different ones.`,
  }),
  most: t.int({
    defaultValue: DEFAULT_VALUES,
    description: `Values of each at most, 1 to ${MOST_VALUES}; what the filter asks for comes in addition.`,
  }),
}));

interface Arguments {
  filter?: TestimonyFilter | null | undefined;
  facets: readonly Dimension[];
  most?: number | null | undefined;
}

async function facetsOf(
  kind: SubjectKind,
  id: string,
  { filter, facets, most }: Arguments,
  { found }: TestimoniesContext,
): Promise<Facet[]> {
  const dimensions = [...new Set(facets)];
  if (dimensions.length !== facets.length || dimensions.length === 0 || dimensions.length > MOST_FACETS) {
    throw badInput(`"facets" takes one to ${MOST_FACETS} different dimensions.`);
  }
  const many = most ?? DEFAULT_VALUES;
  if (many < 1 || many > MOST_VALUES)
    throw badInput(`"most" must be between 1 and ${MOST_VALUES}, got ${many}.`);
  const asked = { kind, filter: readFilter(filter), dimensions, most: many };
  const rows = Map.groupBy(await found.facets(asked).load(id), ({ dimension }) => dimension);
  return dimensions.map((dimension) => ({ dimension, values: rows.get(dimension) ?? [] }));
}

const COUNTED = 'each counted under the filter without what it says of that dimension';

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'testimonyFacets', (t) =>
    t.field({
      type: [TestimonyFacet],
      nullable: true,
      description: `What the published testimonies ${whose} can be narrowed by, ${COUNTED}.`,
      args: ARGUMENTS,
      resolve: ({ id }, args, context) => facetsOf(kind, id, args, context),
    }),
  );
}

builder.queryField('testimonyFacets', (t) =>
  t.field({
    type: [TestimonyFacet],
    nullable: true,
    description: `What published testimonies can be narrowed by, ${COUNTED}.`,
    args: ARGUMENTS,
    resolve: (_root, args, context) => facetsOf('EVERYTHING', '', args, context),
  }),
);
