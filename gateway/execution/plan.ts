import type {
  FetchNode,
  FlattenNodePathSegment,
  InputRewrite,
  OutputRewrite,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  Kind,
  type OperationTypeNode,
  parse,
  type SelectionNode,
} from 'graphql';

/** A query plan made ready to run many times: documents parsed, keys of the answers known. */
export type Step =
  | { kind: 'sequence' | 'parallel'; steps: Step[] }
  | { kind: 'condition'; variable: string; then: Step | undefined; otherwise: Step | undefined }
  | RootStep
  | EntityStep;

interface Call {
  service: string;
  document: DocumentNode;
  text: string;
  operation: OperationTypeNode;
  operationName: string | undefined;
  /** Names of the variables of the client's operation that the step passes on. */
  variables: readonly string[];
}

export interface RootStep extends Call {
  kind: 'root';
  /** Response keys that the answer must have. */
  keys: string[];
  rewrites: readonly OutputRewrite[];
}

/**
 * Response keys that an object must have when its type meets all the conditions. Those under @include or @skip are
 * among them: a mark where nothing was asked is never looked at.
 */
export interface Output {
  conditions: string[];
  keys: string[];
}

export interface EntityStep extends Call {
  kind: 'entities';
  batches: Batch[];
}

/** One `_entities` field of a step: where its entities are, what represents them, what they will answer. */
export interface Batch {
  alias: string;
  /** Variable that carries the representations; several batches may share one. */
  variable: string;
  paths: (readonly FlattenNodePathSegment[])[];
  requires: readonly RequiresSelection[];
  inputRewrites: readonly InputRewrite[];
  outputRewrites: readonly OutputRewrite[];
  outputs: Output[];
}

/** Compiles a plan; undefined when it fetches nothing. */
export function compilePlan(plan: QueryPlan, operation: OperationTypeNode): Step | undefined {
  return plan.node && compile(plan.node, operation);
}

function compile(node: PlanNode, operation: OperationTypeNode): Step | undefined {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel': {
      const steps = node.nodes.map((child) => compile(child, operation)).filter((step) => step !== undefined);
      return { kind: node.kind === 'Sequence' ? 'sequence' : 'parallel', steps };
    }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        then: node.ifClause && compile(node.ifClause, operation),
        otherwise: node.elseClause && compile(node.elseClause, operation),
      };
    case 'Fetch': {
      const call = toCall(node, operation);
      const outputs = collect(
        call.document,
        rootSelections(call.document),
        renames(node.outputRewrites ?? []),
      );
      const keys = outputs.flatMap((output) => output.keys);
      return { kind: 'root', ...call, keys, rewrites: node.outputRewrites ?? [] };
    }
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new Error(`Unexpected ${node.node.kind} under Flatten in a plan`);
      return flattened(node.node, node.path, operation);
    case 'BatchFetch': {
      const call = toCall(node, operation);
      const batches = node.entityBatch.aliases.map((batch) => ({
        alias: batch.alias,
        variable: batch.representationsVariableName,
        paths: batch.paths,
        requires: batch.requires,
        inputRewrites: batch.inputRewrites ?? [],
        outputRewrites: batch.outputRewrites ?? [],
        outputs: outputsOf(call.document, batch.alias, batch.outputRewrites ?? []),
      }));
      return { kind: 'entities', ...call, batches };
    }
    default:
      throw new Error(`Unexpected ${node.kind} in a plan`);
  }
}

function flattened(
  node: FetchNode,
  path: FlattenNodePathSegment[],
  operation: OperationTypeNode,
): EntityStep {
  const call = toCall(node, operation);
  const batch: Batch = {
    alias: '_entities',
    variable: 'representations',
    paths: [path],
    requires: node.requires ?? [],
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
    outputs: outputsOf(call.document, '_entities', node.outputRewrites ?? []),
  };
  return { kind: 'entities', ...call, batches: [batch] };
}

type Fetching = Pick<
  FetchNode,
  'serviceName' | 'operation' | 'operationKind' | 'operationName' | 'variableUsages'
>;

function toCall(node: Fetching, operation: OperationTypeNode): Call {
  return {
    service: node.serviceName,
    document: parse(node.operation, { noLocation: true }),
    text: node.operation,
    // Entities are always read by a query, even below a mutation.
    operation: (node.operationKind ?? operation) as OperationTypeNode,
    operationName: node.operationName,
    variables: node.variableUsages ?? [],
  };
}

function rootSelections(document: DocumentNode): readonly SelectionNode[] {
  const definition = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return definition?.selectionSet.selections ?? [];
}

function outputsOf(document: DocumentNode, alias: string, rewrites: readonly OutputRewrite[]): Output[] {
  const entities = rootSelections(document).find(
    (each): each is FieldNode => each.kind === Kind.FIELD && keyOf(each) === alias,
  );
  return collect(document, entities?.selectionSet?.selections ?? [], renames(rewrites));
}

/** Collects through inline fragments, and through those that the planner names when they come twice. */
function collect(
  document: DocumentNode,
  selections: readonly SelectionNode[],
  names: Map<string, string>,
  conditions: string[] = [],
): Output[] {
  const keys: string[] = [];
  const outputs: Output[] = [{ conditions, keys }];
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = keyOf(selection);
      if (key !== '__typename') keys.push(names.get(key) ?? key);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragmentOf(document, selection) : selection;
    const condition = fragment?.typeCondition?.name.value;
    const all =
      condition === undefined || conditions.includes(condition) ? conditions : [...conditions, condition];
    outputs.push(...collect(document, fragment?.selectionSet.selections ?? [], names, all));
  }
  return outputs.filter((output) => output.keys.length > 0);
}

function fragmentOf(document: DocumentNode, spread: FragmentSpreadNode): FragmentDefinitionNode | undefined {
  return document.definitions.find(
    (each): each is FragmentDefinitionNode =>
      each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === spread.name.value,
  );
}

const keyOf = (field: FieldNode) => field.alias?.value ?? field.name.value;

/** Response keys that the planner invented, to avoid a conflict, and the client's keys that they stand for. */
export function renames(rewrites: readonly OutputRewrite[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const rewrite of rewrites) {
    if (!('KeyRenamer' in rewrite)) continue;
    const last = rewrite.KeyRenamer.path.at(-1);
    if (last && 'Key' in last) names.set(last.Key, rewrite.KeyRenamer.renameKeyTo);
  }
  return names;
}
