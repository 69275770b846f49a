import { builder } from '../builder.ts';
import { type ImprovementInputFields, subjectFilter } from '../fact/arguments.type.ts';
import type { FactFilter } from '../fact/filter.ts';
import { searchOf } from '../fact/search.ts';
import type { Field } from './field.ts';
import { enumOf } from './field.type.ts';
import type { Register } from './kind.ts';

/** The filter of the lists of a kind: whom entries are about, and each field that names something. */
export function filterInput<Row>({ type, fields, searched }: Register<Row>) {
  return builder.inputType(`${type}Filter`, {
    description: 'Restricts a selection; every condition given must hold.',
    fields: (t) => ({
      ...subjectFilter(t),
      ...(searched ? { search: searchField(t) } : {}),
      ...Object.fromEntries(
        Object.values(fields).flatMap((field) => {
          const made = conditionOf(t, field);
          return made === null ? [] : [[nameOf(field), made] as const];
        }),
      ),
    }),
  });
}

/** What such a filter asks of rows. */
export function factFilter<Row>({ fields }: Register<Row>, input: object | null | undefined): FactFilter {
  const given: Readonly<Record<string, unknown>> = { ...input };
  const is = Object.entries(fields).flatMap(([column, field]) => {
    const value = given[nameOf(field)];
    if (field.shape.is === 'COMMITMENTS' || value === null || value === undefined) return [];
    return [[column, Array.isArray(value) ? value.map(String) : [String(value)]] as const];
  });
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : null);
  return {
    network: text('network'),
    structure: text('structure'),
    site: text('site'),
    territory: text('territory'),
    search: searchOf(text('search')),
    commitment: text('commitment'),
    is: Object.fromEntries(is),
  };
}

const nameOf = ({ graph, shape }: Field) => (shape.is === 'COMMITMENTS' ? 'commitment' : graph);

function conditionOf(t: ImprovementInputFields, { shape, graph }: Field) {
  switch (shape.is) {
    case 'CHOICE':
      return t.field({ type: [enumOf(shape.choice)], description: `Its ${graph} is one of these.` });
    case 'PERIOD':
      return t.string({ description: `Its ${graph} is this one.` });
    case 'REFERENCE':
      return t.id({ description: `Its ${graph} has this id.` });
    case 'COMMITMENTS':
      return t.id({ description: 'It serves this commitment.' });
    case 'TEXT':
    case 'LINK':
    case 'DAY':
    case 'COUNT':
    case 'DECIMAL':
      return null;
  }
}

const searchField = (t: ImprovementInputFields) =>
  t.string({
    description:
      'Every one of these words is in it, in another form or as the beginning of a word; accents and case do not matter.',
  });
