import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { CONTRACT_FOLDER } from '../cli/compose.ts';
import { exportSet } from '../cli/export-sets.ts';
import { EXPORT_SETS } from '../kernel/export/sets.ts';

const SCHEMA = buildSchema(readFileSync(join(CONTRACT_FOLDER, 'api.graphql'), 'utf8'));

/** Arguments of lists that select no rows. */
const PAGING = ['first', 'after', 'orderBy', 'filter'];

/** Where the graph filters what a set holds, and where both differ. Whatever is listed here has its reason. */
interface Counterpart {
  /** Input types, and fields by their arguments. */
  of: readonly string[];
  /** The name of the export for that of the graph. */
  renamed?: Readonly<Record<string, string>>;
  /** Arguments of the graph, or values of their enums, that an export does without, and why. */
  without?: Readonly<Record<string, string>>;
  /** Filters of an export that the graph has otherwise, and how. */
  own?: Readonly<Record<string, string>>;
}

const GRAPH: Readonly<Record<string, Counterpart>> = {
  results: {
    of: ['ResultFilter'],
    own: { subjects: 'groups of the graph hold units of publication, lists are asked of a subject' },
  },
  figures: {
    of: ['Territory.figures', 'Network.figures', 'Indicator.series'],
    renamed: { network: 'networks', indicator: 'indicators', level: 'levels', within: 'territory' },
    without: {
      COMMUNE: 'no figure is made of a commune',
      scope: 'names one series: networks and territory do',
    },
  },
  sites: {
    of: ['SiteFilter', 'Query.sites'],
    renamed: { within: 'territory' },
    without: {
      near: 'a list by distance from a position',
      withinKm: 'the same',
      relation: 'to a commune: a site per service, each with its distance',
    },
  },
  structures: {
    of: ['Query.structures'],
    renamed: { network: 'networks', within: 'territory' },
  },
  testimonies: { of: ['TestimonyFilter'] },
  reports: { of: ['SimplificationReportFilter'] },
};

/** The fields of an input type, or the arguments of a field, each with the values of its enum. */
function namesIn(place: string): [string, string[]][] {
  const [typeName = '', fieldName = ''] = place.split('.');
  const type = SCHEMA.getType(typeName);
  const list = isInputObjectType(type)
    ? Object.values(type.getFields())
    : isObjectType(type)
      ? (type.getFields()[fieldName]?.args ?? [])
      : [];
  expect(list.length, place).toBeGreaterThan(0);
  return list
    .filter(({ name }) => !PAGING.includes(name))
    .map(({ name, type: given }) => {
      const named = getNamedType(given);
      return [name, isEnumType(named) ? named.getValues().map((value) => value.name) : []];
    });
}

test.each([...EXPORT_SETS.keys()])(
  'the filters of %s are those of the graph, and no others',
  async (name) => {
    const { of, renamed = {}, without = {}, own = {} } = GRAPH[name] ?? { of: [] };
    const { set } = await exportSet(name);
    const graph = of.flatMap(namesIn);
    const told = graph.filter(([field]) => !(field in without));
    const expected = told.map(([field]) => renamed[field] ?? field);
    expect(Object.keys(set.filters).sort()).toEqual(
      [...new Set(expected).union(new Set(Object.keys(own)))].sort(),
    );
    for (const [field, values] of told) {
      const { description } = set.filters[renamed[field] ?? field] ?? { description: '' };
      for (const value of values.filter((each) => !(each in without))) {
        expect(description, `${field}: ${value}`).toContain(`\`${value}\``);
      }
    }
    // An exception for what the graph has no more, or has by now, is none.
    const names = new Set(graph.flatMap(([field, values]) => [field, ...values]));
    expect([...Object.keys(renamed), ...Object.keys(without)].filter((each) => !names.has(each))).toEqual([]);
    expect(Object.keys(own).filter((each) => expected.includes(each))).toEqual([]);
  },
);

test('no set is left out', () => {
  expect(Object.keys(GRAPH).sort()).toEqual([...EXPORT_SETS.keys()].sort());
});
