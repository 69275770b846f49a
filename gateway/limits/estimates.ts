import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Variables } from './amount.ts';
import { Costs } from './costs.ts';
import { compileCost } from './estimate.ts';

/** Estimates of the operations of one supergraph, compiled once; kept as long as the parser's cache keeps them. */
export class Estimates {
  private readonly schema: GraphQLSchema;
  private readonly costs: Costs;
  private readonly known = new WeakMap<OperationDefinitionNode, (variables: Variables) => number>();

  /** @param supergraph its SDL: the schema that clients see has lost what it declares */
  constructor(schema: GraphQLSchema, supergraph: string) {
    this.schema = schema;
    this.costs = new Costs(supergraph);
  }

  /** What an operation of a valid document costs at most, in objects, with these coerced variables. */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
    let estimate = this.known.get(operation);
    if (!estimate) {
      estimate = compileCost(this.schema, this.costs, document, operation);
      this.known.set(operation, estimate);
    }
    return estimate(variables);
  }
}
