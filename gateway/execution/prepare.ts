import type { QueryPlanner } from '@graphql-hive/router-query-planner';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, print } from 'graphql';
import { compileOperation, type SelectedField } from '../completion/compile.ts';
import { withDataKeys } from './aliases.ts';
import { conditionsOf, withoutConditions } from './conditions.ts';
import { type Halves, split } from './introspect.ts';
import { readableNumbers } from './numbers.ts';
import { compilePlan, type Step } from './plan.ts';

/** What an operation needs to run, under one set of values of its conditions. */
export interface Prepared {
  operation: OperationDefinitionNode;
  halves: Halves;
  step: Promise<Step | undefined>;
  fields: readonly SelectedField[];
}

/** An operation with all the sets of values of its conditions that have come so far. */
interface Variants {
  conditions: readonly string[];
  byValues: Map<string, Prepared>;
}

/** Most variants of one operation that are kept: each combination of values has its own plan. */
const MOST_VARIANTS = 32;

/**
 * Most that are kept of all operations. A large one weighs 150 kB: without this, whoever sends documents with many
 * conditions would fill the memory.
 */
const MOST_PREPARED = 1000;

/** Share of requests that a progressive override takes; fixed, so that a plan stays the same. */
const OVERRIDE_PERCENTAGE = 0;

/**
 * Prepares operations of valid documents, once; they are kept as long as the parser's cache keeps them, the
 * `most` that were asked last.
 */
export class Preparation {
  private readonly known = new WeakMap<OperationDefinitionNode, Variants>();
  /** What is kept, and where; the one asked last is the last. */
  private readonly recent = new Map<Prepared, () => void>();
  private readonly schema: GraphQLSchema;
  private readonly planner: Pick<QueryPlanner, 'planAsync'>;
  private readonly most: number;

  constructor(schema: GraphQLSchema, planner: Pick<QueryPlanner, 'planAsync'>, most = MOST_PREPARED) {
    this.schema = schema;
    this.planner = planner;
    this.most = most;
  }

  /** @param isNew called before anything is planned, which it may refuse by throwing */
  of(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    isNew: () => void = () => undefined,
  ): Prepared {
    let variants = this.known.get(operation);
    if (!variants) {
      variants = { conditions: conditionsOf(document), byValues: new Map() };
      this.known.set(operation, variants);
    }
    const { conditions, byValues } = variants;
    const values = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = byValues.get(values);
    if (known) {
      this.keep(known, this.recent.get(known));
      return known;
    }
    isNew();
    if (byValues.size >= MOST_VARIANTS) this.forgetAll(byValues);
    const prepared = this.prepare(document, operation, variables);
    byValues.set(values, prepared);
    this.keep(prepared, () => byValues.delete(values));
    return prepared;
  }

  /** Marks it as the one asked last, and lets go of the one that nobody asked for longest. */
  private keep(prepared: Prepared, forget: (() => void) | undefined): void {
    if (!forget) return;
    this.recent.delete(prepared);
    this.recent.set(prepared, forget);
    if (this.recent.size <= this.most) return;
    for (const [oldest, forgetOldest] of this.recent) {
      this.recent.delete(oldest);
      forgetOldest();
      return;
    }
  }

  private forgetAll(byValues: Map<string, Prepared>): void {
    for (const prepared of byValues.values()) this.recent.delete(prepared);
    byValues.clear();
  }

  private prepare(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Prepared {
    const halves = split(this.schema, readableNumbers(withoutConditions(document, variables)), operation);
    const fields = compileOperation(this.schema, document, operation, variables);
    return { operation, halves, fields, step: this.plan(halves.data, operation) };
  }

  private async plan(
    document: DocumentNode | undefined,
    operation: OperationDefinitionNode,
  ): Promise<Step | undefined> {
    if (!document) return undefined;
    const name = operation.name?.value;
    const plan = await this.planner.planAsync(
      print(withDataKeys(document)),
      name,
      new Set(),
      OVERRIDE_PERCENTAGE,
    );
    return compilePlan(plan, operation.operation);
  }
}
