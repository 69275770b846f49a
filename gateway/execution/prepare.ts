import type { QueryPlanner } from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { compileOperation, type SelectedField } from '../completion/compile.ts';
import { type Halves, split } from './introspect.ts';
import { compilePlan, type Step } from './plan.ts';

/** What an operation needs to run, worked out once per document and operation name. */
export interface Prepared {
  operation: OperationDefinitionNode;
  halves: Halves;
  step: Promise<Step | undefined>;
  fields(variables: Readonly<Record<string, unknown>>): readonly SelectedField[];
}

/** Share of requests that a progressive override takes; fixed, so that a plan stays the same. */
const OVERRIDE_PERCENTAGE = 0;

/** Prepares an operation of a valid document; documents are kept as long as the parser's cache keeps them. */
export class Preparation {
  private readonly known = new WeakMap<DocumentNode, Map<string, Prepared>>();
  private readonly schema: GraphQLSchema;
  private readonly planner: QueryPlanner;

  constructor(schema: GraphQLSchema, planner: QueryPlanner) {
    this.schema = schema;
    this.planner = planner;
  }

  of(document: DocumentNode, operation: OperationDefinitionNode): Prepared {
    let byName = this.known.get(document);
    if (!byName) {
      byName = new Map();
      this.known.set(document, byName);
    }
    const name = operation.name?.value ?? '';
    let prepared = byName.get(name);
    if (!prepared) {
      prepared = this.prepare(document, operation);
      byName.set(name, prepared);
    }
    return prepared;
  }

  private prepare(document: DocumentNode, operation: OperationDefinitionNode): Prepared {
    const halves = split(this.schema, document, operation);
    const conditions = conditionsOf(document);
    const compiled = new Map<string, readonly SelectedField[]>();
    return {
      operation,
      halves,
      step: this.plan(halves.data, operation),
      fields: (variables) => {
        const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
        let fields = compiled.get(key);
        if (!fields) {
          fields = compileOperation(this.schema, document, operation, variables);
          compiled.set(key, fields);
        }
        return fields;
      },
    };
  }

  private async plan(
    document: DocumentNode | undefined,
    operation: OperationDefinitionNode,
  ): Promise<Step | undefined> {
    if (!document) return undefined;
    const name = operation.name?.value;
    const plan = await this.planner.planAsync(print(document), name, new Set(), OVERRIDE_PERCENTAGE);
    return compilePlan(plan, operation.operation);
  }
}

/** Variables on which @skip and @include depend: each combination of their values has its own fields. */
function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      if (directive.name.value !== 'skip' && directive.name.value !== 'include') return;
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
