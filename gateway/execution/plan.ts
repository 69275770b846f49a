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
  /** Response keys that an entity must have, by the type condition under which they are asked. */
  outputs: { condition: string; keys: string[] }[];
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
      const keys = keysOf(rootSelections(call.document), node.outputRewrites ?? []);
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

function outputsOf(document: DocumentNode, alias: string, rewrites: readonly OutputRewrite[]) {
  const entities = rootSelections(document).find(
    (each): each is FieldNode => each.kind === Kind.FIELD && keyOf(each) === alias,
  );
  const outputs: { condition: string; keys: string[] }[] = [];
  for (const selection of entities?.selectionSet?.selections ?? []) {
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) continue;
    if (selection.directives?.length) continue;
    const keys = keysOf(selection.selectionSet.selections, rewrites);
    outputs.push({ condition: selection.typeCondition.name.value, keys });
  }
  return outputs;
}

/** Keys of fields that the answer has whatever the variables are, as they are named after the rewrites. */
function keysOf(selections: readonly SelectionNode[], rewrites: readonly OutputRewrite[]): string[] {
  const renamed = renames(rewrites);
  return selections
    .filter((each): each is FieldNode => each.kind === Kind.FIELD && !each.directives?.length)
    .map(keyOf)
    .filter((key) => key !== '__typename')
    .map((key) => renamed.get(key) ?? key);
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
