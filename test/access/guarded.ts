import { getNamedType, isCompositeType, parse } from 'graphql';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { fieldsOf } from './coordinates.ts';
import { type DeclaredType, declaredIn } from './guards.ts';
import { documentOf, type Route, type Step } from './route.ts';
import { spread } from './routes.ts';
import { callOf, representationOf } from './samples.ts';

/** A field that a subgraph guards, and how to ask the subgraph itself for it. */
export interface Guarded {
  /** `Type.field` */
  name: string;
  query: string;
  /** The fields on the way, as an error's path names them. */
  fields: readonly string[];
  /** The scopes that the field and its type ask for. */
  scopes: readonly string[];
}

/** Ways to objects that are there, where the shortest one asks for an id. */
const LISTS: readonly [string, Route][] = [
  ['ResultGap', listed('gaps')],
  [
    'PlanAction',
    listed('actionPlans', { parent: 'ActionPlan', field: 'actions', call: 'actions(first: 5)' }),
  ],
];

/**
 * Every field of a subgraph that asks for scopes, itself or through its type, on the shortest way: by reference for
 * entities, as only a gateway asks.
 */
export function guardedIn({ schema, sdl }: Subgraph): Guarded[] {
  const types = declaredIn(parse(sdl));
  const routes = new Map<string, Route>([
    ['Query', { root: 'query', steps: [] }],
    ['Mutation', { root: 'mutation', steps: [] }],
    ...LISTS.filter(([type]) => schema.getType(type)),
    ...types.flatMap((type): [string, Route][] =>
      type.key ? [[type.name, byReference(type, type.key)]] : [],
    ),
  ]);
  spread(schema, routes, [...routes.keys()]);
  return types.flatMap(({ name: parent, scopes: ofType, fields }) =>
    fields.flatMap(({ field, scopes }) => {
      const route = routes.get(parent);
      const found = fieldsOf(schema.getType(parent)).find(({ name }) => name === field);
      const wanted = [...new Set([...ofType, ...scopes])];
      if (wanted.length === 0 || !found) return [];
      if (!route) throw new Error(`Nothing in the subgraph leads to ${parent}, which is guarded.`);
      const call = callOf(parent, found);
      const query = documentOf(
        route,
        isCompositeType(getNamedType(found.type)) ? `${call} { __typename }` : call,
      );
      const way = [...route.steps.map((step) => step.field), field].filter((name) => name !== '');
      return [{ name: `${parent}.${field}`, query, fields: way, scopes: wanted }];
    }),
  );
}

function byReference({ name }: DeclaredType, key: readonly string[]): Route {
  const call = `_entities(representations: [${representationOf(name, key)}])`;
  return {
    root: 'query',
    steps: [
      { parent: 'Query', field: '_entities', call },
      { parent: '_Entity', field: '', call: `... on ${name}` },
    ],
  };
}

function listed(field: string, ...further: readonly Step[]): Route {
  const nodes = (parent: string): Step => ({ parent, field: 'nodes', call: 'nodes' });
  const call = `${field}(first: 50)`;
  const steps = [
    { parent: 'Query', field, call },
    nodes(''),
    ...further.flatMap((step) => [step, nodes('')]),
  ];
  return { root: 'query', steps };
}
