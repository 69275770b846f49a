import { type DocumentNode, type ExecutionResult, GraphQLError } from 'graphql';
import { HubError } from '../errors.ts';
import { log } from '../log.ts';
import type { Viewer } from '../viewer.ts';
import { executeOften } from './compiled.ts';
import type { Seen } from './kept.ts';
import type { Subgraph } from './subgraph.ts';

/** One operation for a subgraph of this process. */
export interface InProcessRequest {
  document: DocumentNode;
  variables?: Record<string, unknown> | undefined;
  /** Identity of the gateway's request: the steps of its plan share one loader context per subgraph. */
  requestKey: object;
  /** Id of the client's request, for the log. */
  requestId?: string | undefined;
  viewer: Viewer;
  /** How far the gateway has followed what is published. */
  seen?: Seen | undefined;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

const contexts = new WeakMap<object, Map<string, object>>();

/** Executes one step of a plan without HTTP. The planner made the document, so it is not validated again. */
export async function executeInProcess(
  subgraph: Subgraph,
  { document, variables, requestKey, requestId, viewer, seen, signal }: InProcessRequest,
): Promise<ExecutionResult> {
  const result = await executeOften({
    schema: subgraph.schema,
    document,
    variableValues: variables,
    signal,
    contextValue: contextOf(subgraph, requestKey, () => subgraph.context(viewer, requestId, seen)),
  });
  if (!result.errors) return result;
  logUnexpected(result.errors, requestId);
  return { ...result, errors: result.errors.map(maskError) };
}

function contextOf(subgraph: Subgraph, requestKey: object, make: () => object): object {
  let known = contexts.get(requestKey);
  if (!known) {
    known = new Map();
    contexts.set(requestKey, known);
  }
  let context = known.get(subgraph.name);
  if (!context) {
    context = make();
    known.set(subgraph.name, context);
  }
  return context;
}

/**
 * What may leave a subgraph: errors written for users and those of GraphQL itself. Anything else a resolver
 * threw becomes INTERNAL, the same in process and over HTTP.
 */
export function maskError(error: GraphQLError): GraphQLError {
  if (!isUnexpected(error)) return error;
  return new GraphQLError('Internal error.', { path: error.path, extensions: { code: 'INTERNAL' } });
}

/** Writes to the log what the masks hide, under the id that the client is given. */
export function logUnexpected(errors: readonly GraphQLError[], requestId: string | undefined): void {
  for (const error of errors.filter(isUnexpected)) {
    log.error({ requestId, err: error.originalError, path: error.path }, 'a resolver failed');
  }
}

function isUnexpected(error: GraphQLError): boolean {
  const original = error.originalError;
  return Boolean(original) && !(error instanceof HubError) && !(original instanceof GraphQLError);
}
