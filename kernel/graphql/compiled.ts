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
import { withTextsAsVariables } from './literal-texts.ts';

/** From how many executions on a document is worth compiling: it takes as long as some dozens of them. */
const WORTH_IT = 5;

/** Most documents that stay compiled: functions of a large one weigh more than the document. */
const MOST_COMPILED = 300;

type Compiled = (context: object, variables: Record<string, unknown>) => Promise<ExecutionResult>;

/** How often a document was executed against a schema, then what it was compiled to; null where that cannot be done. */
const schemas = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, number | Compiled | null>>();
/** What is compiled, and how to forget it; the one used last is the last. */
const recent = new Map<Compiled, () => void>();

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
  const documents = schemas.get(schema) ?? new WeakMap<DocumentNode, number | Compiled | null>();
  schemas.set(schema, documents);
  const known = documents.get(document);
  if (typeof known === 'function') {
    keep(known, () => documents.delete(document));
    const result = await known(contextValue, variableValues ?? {});
    return isSure(result) || signal?.aborted ? result : execute(execution);
  }
  const before = known === undefined ? 0 : known;
  if (before !== null) documents.set(document, before < WORTH_IT ? before + 1 : compiled(schema, document));
  return execute(execution);
}

/** Keeps what was used last, and forgets what was not for longest. */
function keep(used: Compiled, forget: () => void): void {
  recent.delete(used);
  recent.set(used, forget);
  for (const [oldest, forgetIt] of recent) {
    if (recent.size <= MOST_COMPILED) return;
    recent.delete(oldest);
    forgetIt();
  }
}

/**
 * Whether graphql-js would say the same: of several failures it may leave some out, others are of the library's own, and
 * those of an element move its neighbours in the list.
 */
const isSure = ({ data, errors = [] }: ExecutionResult) => {
  const [first, ...more] = errors;
  if (!first) return true;
  const isOfElement = typeof first.path?.at(-1) === 'number';
  return data !== undefined && more.length === 0 && first.originalError !== undefined && !isOfElement;
};

/** The function for a document; null for one that is not a single query, or that cannot be compiled. */
export function compiled(schema: GraphQLSchema, document: DocumentNode): Compiled | null {
  if (getOperationAST(document)?.operation !== OperationTypeNode.QUERY) return null;
  const { document: plain, texts } = withTextsAsVariables(schema, document);
  if (isBeyond(plain)) return null;
  const found = compileQuery(schema, plain, undefined, { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(found)) return null;
  return async (context, variables) => found.query(undefined, context, { ...variables, ...texts });
}

/**
 * Whether a document holds a text, or what graphql-jit answers otherwise than graphql-js.
 *
 * **A text of a client's must never be compiled**: the library writes the values of arguments into the source of a function,
 * and takes some texts for code. Other values are numbers, names and what they are made of.
 *
 * Otherwise answered are conditions on nested fragments, and variables inside of objects and lists, which are null there
 * when they are not given.
 */
function isBeyond(document: DocumentNode): boolean {
  let found = false;
  const beyond = () => {
    found = true;
    return BREAK;
  };
  const inside = (value: ASTNode) => {
    visit(value, { Variable: beyond, StringValue: beyond });
    return false;
  };
  visit(document, {
    Directive: beyond,
    StringValue: beyond,
    ObjectValue: inside,
    ListValue: inside,
  });
  return found;
}
