import type { Sent } from '../kit/http.ts';
import { operation } from '../kit/http.ts';

/** One request of a battery, and what it must be answered. */
export interface Row {
  /** Begins with the line of the safety rules that it answers. */
  name: string;
  sent: Sent;
  status: number;
  codes: readonly string[];
  /** Found in the message of the first error. */
  says?: RegExp;
}

const refused = (line: string, rows: Record<string, [query: string, code: string]>): Row[] =>
  Object.entries(rows).map(([what, [query, code]]) => ({
    name: `${line}: ${what}`,
    sent: operation(query),
    status: 400,
    codes: [code],
  }));

const many = (count: number, text: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

const nested = (levels: number) => `${'parent { '.repeat(levels)}id${' }'.repeat(levels)}`;

const fanOut = `{ networks { ...F0 } } ${many(
  6,
  (i) => `fragment F${i} on Network { ${many(4, (n) => `a${n}: ministry { networks { ...F${i + 1} } }`)} }`,
)} fragment F6 on Network { id }`;

/** Documents that are dear to read, to check or to run. */
export const DOCUMENTS: readonly Row[] = [
  ...refused('depth', {
    'of 16': [`{ territory(id: "FR") { ${nested(14)} } }`, 'COST_LIMIT'],
    'of 400': [`{ territory(id: "FR") { ${nested(400)} } }`, 'COST_LIMIT'],
    'in a fragment that nothing spreads': [
      `{ __typename } fragment F on Territory { ${nested(16)} }`,
      'COST_LIMIT',
    ],
  }),
  ...refused('tokens', {
    'more than 1 000': [`{ ${many(1000, () => 'networks { id }')} }`, 'COST_LIMIT'],
    'in one long list': [`{ nodes(ids: [${many(1000, (i) => `"${i}"`)}]) { id } }`, 'COST_LIMIT'],
  }),
  ...refused('aliases of one field', {
    '31': [`{ ${many(31, (i) => `a${i}: networks { id }`)} }`, 'COST_LIMIT'],
    '31 of __typename': [`{ ${many(31, (i) => `a${i}: __typename`)} }`, 'COST_LIMIT'],
    '31 deep in the graph': [`{ territory(id: "FR") { ${many(31, (i) => `a${i}: name`)} } }`, 'COST_LIMIT'],
  }),
  ...refused('directives', {
    '21': [`{ ${many(21, (i) => `a${i}: __typename @include(if: true)`)} }`, 'COST_LIMIT'],
    'that nobody knows': ['{ networks @secret { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  }),
  ...refused('fragments', {
    'that spread themselves': ['{ ...F } fragment F on Query { ...F }', 'GRAPHQL_VALIDATION_FAILED'],
    'in a cycle of three': [
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'in a cycle below fields': [
      '{ networks { ...F } } fragment F on Network { ministry { networks { ...F } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'that fan out': [fanOut, 'COST_LIMIT'],
  }),
  ...refused('errors of validation are few', {
    '400 fields that nobody knows': [`{ ${many(400, (i) => `x${i}`)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    'conflicts of all with all': [
      `{ ${many(30, (i) => `a: territory(id: "${i}") { id }`)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'a name of 15 000 characters': [`{ ${'x'.repeat(15_000)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  }),
  ...refused('syntax errors are 400', {
    'an open brace': ['{ networks {', 'GRAPHQL_PARSE_FAILED'],
    'no GraphQL at all': ['select 1', 'GRAPHQL_PARSE_FAILED'],
    nothing: ['', 'GRAPHQL_PARSE_FAILED'],
  }),
  ...refused('introspection', {
    'of fields of fields': [
      '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
      'COST_LIMIT',
    ],
    'under 30 aliases': [
      `{ ${many(30, (i) => `s${i}: __schema { types { fields { name args { name } } } }`)} }`,
      'COST_LIMIT',
    ],
  }),
  ...refused('_entities and _service at the gateway', {
    'the schema of a subgraph': ['{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    'entities by reference': [
      '{ _entities(list: [{ __typename: "Site", id: "SITE-1" }]) { __typename } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    'in a mutation': ['mutation { _entities(list: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
  }),
  {
    name: 'cost: lists in lists, with the estimate, the limit and how to reduce',
    sent: operation(
      '{ territories(first: 100) { nodes { sites(first: 100) { nodes { comparisons { period } } } } } }',
    ),
    status: 400,
    codes: ['COST_LIMIT'],
    says: /may give \d+ objects, more than the 12000 allowed: ask for smaller pages with "first"/,
  },
  {
    name: 'cost: the size may come in a variable',
    sent: operation(
      'query ($n: Int) { territories(first: $n) { nodes { sites(first: $n) { nodes { services { __typename } } } } } }'.replace(
        'services { __typename }',
        'comparisons { period }',
      ),
      { n: 100 },
    ),
    status: 400,
    codes: ['COST_LIMIT'],
  },
];
