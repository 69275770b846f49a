import { type DocumentNode, type ExecutionResult, execute, GraphQLError } from 'graphql';
import { HubError } from '../errors.ts';
import { log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import type { Subgraph } from './subgraph.ts';

/** One operation for a subgraph of this process. */
export interface InProcessRequest {
  document: DocumentNode;
  variables?: Record<string, unknown> | undefined;
  /** Identity of the gateway's request: the steps of its plan share one loader context per subgraph. */
  requestKey: object;
  viewer: Viewer;
}

const contexts = new WeakMap<object, Map<string, object>>();

/** Executes one step of a plan without HTTP. The planner made the document, so it is not validated again. */
export async function executeInProcess(
  subgraph: Subgraph,
  { document, variables, requestKey, viewer }: InProcessRequest,
): Promise<ExecutionResult> {
  const result = await execute({
    schema: subgraph.schema,
    document,
    variableValues: variables,
    contextValue: contextOf(subgraph, requestKey, viewer),
  });
  return result.errors ? { ...result, errors: result.errors.map(maskError) } : result;
}

function contextOf(subgraph: Subgraph, requestKey: object, viewer: Viewer): object {
  let known = contexts.get(requestKey);
  if (!known) {
    known = new Map();
    contexts.set(requestKey, known);
  }
  let context = known.get(subgraph.name);
  if (!context) {
    context = subgraph.context(viewer);
    known.set(subgraph.name, context);
  }
  return context;
}

/**
 * What may leave a subgraph: errors written for users and those of GraphQL itself. Anything else a resolver
 * threw goes to the log and becomes INTERNAL, the same in process and over HTTP.
 */
export function maskError(error: GraphQLError): GraphQLError {
  const original = error.originalError;
  if (!original || error instanceof HubError || original instanceof HubError) return error;
  if (original instanceof GraphQLError) return error;
  log.error({ err: original, path: error.path }, 'a resolver failed');
  return new GraphQLError('Internal error.', {
    path: error.path,
    extensions: { code: 'INTERNAL' },
  });
}
