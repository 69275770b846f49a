import { type GraphQLSchema, getNamedType, isCompositeType } from 'graphql';
import { fieldsOf } from './coordinates.ts';
import type { Route } from './route.ts';
import { callOf, WAYS } from './samples.ts';

/**
 * The shortest way to each type that has fields, from Query, else from Mutation. Types of the public contract are
 * reached by its own elements only, so that what they show does not depend on who asks.
 */
export function routesOf(whole: GraphQLSchema, open: GraphQLSchema): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([['Query', { root: 'query', steps: [] }]]);
  for (const [type, calls] of Object.entries(WAYS)) routes.set(type, along(whole, calls));
  spread(open, routes, [...routes.keys()]);
  routes.set('Mutation', { root: 'mutation', steps: [] });
  spread(open, routes, ['Mutation']);
  spread(
    whole,
    routes,
    [...routes.keys()].filter((type) => type !== 'Mutation'),
  );
  spread(whole, routes, ['Mutation']);
  return routes;
}

/** A way of which only the calls are given. */
function along(schema: GraphQLSchema, calls: readonly string[]): Route {
  let parent = 'Query';
  const steps = calls.map((call) => {
    const field = /^\w+/.exec(call)?.[0] ?? '';
    const step = { parent, field, call };
    const found = fieldsOf(schema.getType(parent)).find(({ name }) => name === field);
    if (!found)
      throw new Error(`test/access/samples.ts: ${parent} has no ${field}, which a way goes through.`);
    parent = getNamedType(found.type).name;
    return step;
  });
  return { root: 'query', steps };
}

/** Adds the shortest ways to all other types, breadth first, from types that are known. */
export function spread(schema: GraphQLSchema, routes: Map<string, Route>, from: readonly string[]): void {
  const waiting = [...from];
  for (let parent = waiting.shift(); parent !== undefined; parent = waiting.shift()) {
    const route = routes.get(parent);
    for (const field of fieldsOf(schema.getType(parent))) {
      const type = getNamedType(field.type);
      if (!route || !isCompositeType(type) || routes.has(type.name) || field.name.startsWith('_')) continue;
      const step = { parent, field: field.name, call: callOf(parent, field) };
      routes.set(type.name, { root: route.root, steps: [...route.steps, step] });
      waiting.push(type.name);
    }
  }
}
