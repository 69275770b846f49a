import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

/** From how many executions on a document is worth compiling: it takes as long as some dozens of them. */
const WORTH_IT = 5;

type Compiled = (context: object, variables: Record<string, unknown>) => Promise<ExecutionResult>;

/** How often a document was executed, then what it was compiled to; null where that cannot be done. */
const documents = new WeakMap<DocumentNode, number | Compiled | null>();

/** What is executed again and again. */
export interface Execution extends Pick<ExecutionArgs, 'schema' | 'document' | 'variableValues'> {
  contextValue: object;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/**
 * Executes an operation as `execute` of graphql-js does, whose answers are the measure of all. A query that keeps coming is
 * compiled to a function, which takes a sixth of the CPU of a page off; mutations are not. Where the compiled one tells of
 * more than one thing that a resolver refused, graphql-js runs the query again and has the word: what was loaded
 * already, it finds in the loaders of the context.
 */
export async function executeOften(execution: Execution): Promise<ExecutionResult> {
  const { schema, document, variableValues, contextValue, signal } = execution;
  const known = documents.get(document) ?? 0;
  if (typeof known === 'function') {
    const result = await known(contextValue, variableValues ?? {});
    return isSure(result) || signal?.aborted ? result : execute(execution);
  }
  if (typeof known === 'number')
    documents.set(document, known < WORTH_IT ? known + 1 : compiled(schema, document));
  return execute(execution);
}

/** Whether graphql-js would say the same: of several failures it may leave some out, and others are of the library's own. */
const isSure = ({ data, errors = [] }: ExecutionResult) =>
  errors.length === 0 ||
  (data !== undefined && errors.length === 1 && errors[0]?.originalError !== undefined);

/** The function for a document; null for one that is not a single query, or that cannot be compiled. */
export function compiled(schema: GraphQLSchema, document: DocumentNode): Compiled | null {
  if (getOperationAST(document)?.operation !== OperationTypeNode.QUERY) return null;
  if (isBeyond(document)) return null;
  const found = compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(found)) return null;
  return async (context, variables) => found.query(undefined, context, variables);
}

/**
 * Whether a document holds what graphql-jit answers otherwise than graphql-js: conditions on nested fragments, and variables
 * inside of objects and lists, which are null there when they are not given.
 */
function isBeyond(document: DocumentNode): boolean {
  let found = false;
  const beyond = () => {
    found = true;
    return BREAK;
  };
  const inside = (value: ASTNode) => {
    visit(value, { Variable: beyond });
    return false;
  };
  visit(document, {
    Directive: beyond,
    ObjectValue: inside,
    ListValue: inside,
  });
  return found;
}
