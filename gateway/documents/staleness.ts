import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { log } from '../../kernel/log.ts';
import { readableNumbers } from '../execution/numbers.ts';
import { clientSchema } from '../supergraph.ts';
import type { TrustedDocument } from './document.ts';

/** Name of the directive by which subgraphs declare how stale their answers may be. */
const STALENESS = 'staleness';

/**
 * How stale the answer to each document may be, in seconds, by hash: the least of what is declared by the
 * subgraphs that its plan reads (`@staleness(graph: …, seconds: …)` on their `Query`) and by its fields
 * (`@staleness(seconds: …)`). A subgraph that declares nothing counts as 0: always to be asked again.
 */
export async function stalenessOf(
  supergraph: string,
  documents: readonly TrustedDocument[],
): Promise<ReadonlyMap<string, number>> {
  const schema = clientSchema(supergraph);
  const planner = new QueryPlanner(supergraph);
  const declared = declaredBySubgraphs(schema);
  const found = new Map<string, number>();
  for (const { hash, text, name } of documents) {
    const document = parse(text, { noLocation: true });
    const read = await subgraphsOf(planner, document, name);
    found.set(hash, leastStaleness(schema, declared, document, read));
  }
  return found;
}

/** How stale the answer to one document may be, in seconds. */
export function leastStaleness(
  schema: GraphQLSchema,
  declared: ReadonlyMap<string, number>,
  document: DocumentNode,
  subgraphs: ReadonlySet<string>,
): number {
  const parts = [...subgraphs].map((graph) => declared.get(graph) ?? 0);
  // What reads nothing of any subgraph has nothing to say about how long it holds.
  return parts.length === 0 ? 0 : Math.min(...parts, ...declaredByFields(schema, document));
}

/** What subgraphs declare for all that they answer, in seconds, by name. */
export function declaredBySubgraphs(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const declared = new Map<string, number>();
  for (const directive of schema.getQueryType()?.astNode?.directives ?? []) {
    const { graph, seconds } = readStaleness(directive) ?? {};
    if (graph !== undefined && seconds !== undefined) declared.set(graph, seconds);
  }
  return declared;
}

/** What the fields of a document declare for themselves. */
function declaredByFields(schema: GraphQLSchema, document: DocumentNode): number[] {
  const info = new TypeInfo(schema);
  const found: number[] = [];
  const collect = (directives: readonly ConstDirectiveNode[] = []) => {
    for (const directive of directives) {
      const { seconds } = readStaleness(directive) ?? {};
      if (seconds !== undefined) found.push(seconds);
    }
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        collect(info.getFieldDef()?.astNode?.directives);
        const parent = info.getParentType();
        if (!isAbstractType(parent)) return;
        for (const type of schema.getPossibleTypes(parent))
          collect(type.getFields()[name.value]?.astNode?.directives);
      },
    }),
  );
  return found;
}

function readStaleness(directive: ConstDirectiveNode): { graph?: string; seconds?: number } | undefined {
  if (directive.name.value !== STALENESS) return undefined;
  const given: { graph?: string; seconds?: number } = {};
  for (const { name, value } of directive.arguments ?? []) {
    if (name.value === 'graph' && value.kind === Kind.STRING) given.graph = value.value;
    if (name.value === 'seconds' && value.kind === Kind.INT) given.seconds = Number(value.value);
  }
  return given;
}

/** Names of the subgraphs that a document reads, whatever its variables; none when it cannot be planned. */
async function subgraphsOf(
  planner: QueryPlanner,
  document: DocumentNode,
  name: string,
): Promise<ReadonlySet<string>> {
  const services = new Set<string>();
  try {
    const { node } = await planner.planAsync(print(readableNumbers(document)), name, new Set(), 0);
    if (node) collectServices(node, services);
  } catch (error) {
    // Planning is tried again, and reported, when the document is asked.
    log.warn({ err: error, document: name }, 'a trusted document has no plan: its answers are not kept');
    services.clear();
  }
  return services;
}

function collectServices(node: PlanNode, services: Set<string>): void {
  if ('serviceName' in node) services.add(node.serviceName);
  const inner =
    'nodes' in node
      ? node.nodes
      : 'node' in node
        ? [node.node]
        : 'ifClause' in node || 'elseClause' in node
          ? [node.ifClause, node.elseClause]
          : [];
  for (const each of inner) if (each) collectServices(each, services);
}
