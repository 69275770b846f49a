import { type GraphQLSchema, getNamedType, isCompositeType } from 'graphql';
import { fieldsOf } from './coordinates.ts';
import type { Route } from './route.ts';
import { callOf, NEAREST } from './samples.ts';

/**
 * The shortest way to each type that has fields, from Query, else from Mutation. Types of the public contract are
 * reached by its own elements only, so that what they show does not depend on who asks.
 */
export function routesOf(whole: GraphQLSchema, open: GraphQLSchema): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([['Query', { root: 'query', steps: [] }]]);
  spread(open, routes, ['Query']);
  spread(whole, routes, [...routes.keys()]);
  routes.set('Mutation', { root: 'mutation', steps: [] });
  spread(whole, routes, ['Mutation']);
  return routes;
}

/** Breadth first, from types that are known. */
function spread(schema: GraphQLSchema, routes: Map<string, Route>, from: readonly string[]): void {
  const waiting = [...from];
  for (let parent = waiting.shift(); parent !== undefined; parent = waiting.shift()) {
    const route = routes.get(parent);
    for (const field of fieldsOf(schema.getType(parent))) {
      const type = getNamedType(field.type);
      if (!route || !isCompositeType(type) || routes.has(type.name)) continue;
      if ((NEAREST[type.name] ?? field.name) !== field.name) continue;
      const step = { parent, field: field.name, call: callOf(parent, field) };
      routes.set(type.name, { root: route.root, steps: [...route.steps, step] });
      waiting.push(type.name);
    }
  }
}
