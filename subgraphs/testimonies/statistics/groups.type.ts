import { builder } from '../builder.ts';
import { DIMENSIONS, type Dimension, type Grouped } from './dimension.ts';

export const DimensionEnum = builder.enumType('TestimonyDimension', {
  description: 'What testimonies can be grouped by.',
  values: Object.fromEntries(
    Object.entries(DIMENSIONS).map(([name, description]) => [name, { description }]),
  ) as Record<Dimension, { description: string }>,
});

interface Key {
  dimension: Dimension;
  value: string | null;
  label: string;
}

export const GroupKey = builder.objectRef<Key>('GroupKey').implement({
  description: 'What a group has in common in one dimension.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: DimensionEnum, description: 'The dimension.' }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'Value of the dimension: an id, an enum value, a month; null where it is not known.',
    }),
    label: t.exposeString('label', { description: 'The same in French, to be shown.' }),
  }),
});

/** The keys of a group, in the order of `groupBy`. */
export const keysOf = (groupBy: readonly Dimension[], { values, labels }: Grouped): Key[] =>
  groupBy.map((dimension, index) => ({
    dimension,
    value: values[index] ?? null,
    label: labels[index] ?? '',
  }));
