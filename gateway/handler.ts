import type { UnifiedGraphHandler } from '@graphql-hive/gateway-runtime';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { HubError } from '../kernel/errors.ts';
import { complete } from './completion/complete.ts';
import { report } from './completion/report.ts';
import { type HubContext, hubContext } from './context.ts';
import { caller } from './execution/call.ts';
import { introspect } from './execution/introspect.ts';
import { Preparation, type Prepared } from './execution/prepare.ts';
import { type Run, runPlan } from './execution/run.ts';
import { typeTest } from './execution/types.ts';
import type { Admission } from './limits/admission.ts';
import { Estimates } from './limits/estimates.ts';
import type { SharedAnswers } from './shared/answers.ts';
import { NOTHING_SEEN, readerOf, type SeenOf, Sharing } from './shared/sharing.ts';
import { clientSchema } from './supergraph.ts';
import type { Transports } from './transport.ts';

/** The runtime's own type of a result. */
type RuntimeResult = Awaited<ReturnType<Parameters<UnifiedGraphHandler>[0]['onSubgraphExecute']>>;

/** How long an answer may take, in milliseconds. */
export interface Deadlines {
  /** A query in all, and one subgraph for it. */
  total: number;
  subgraph: number;
  /** A mutation: publishing recomputes the figures of a whole network before it answers. */
  mutation: number;
}

/**
 * What the runtime does with a supergraph: plans come from the Rust planner; running them and completing their
 * answers is ours, because the runtime's own executor leaves GraphQL's rules for null to nobody.
 */
export function hubHandler(
  deadlines: Deadlines,
  admission: Admission,
  answers: SharedAnswers | undefined,
  transports: Transports,
): UnifiedGraphHandler {
  return (runtime) => {
    const sdl = runtime.getUnifiedGraphSDL();
    const schema = clientSchema(sdl);
    const satisfies = typeTest(runtime.unifiedGraph);
    const preparation = new Preparation(schema, new QueryPlanner(sdl));
    const sharing = new Sharing(schema, answers);
    const estimates = new Estimates(schema, sdl);
    const call = transports.of(sdl);

    const run = async (
      prepared: Prepared,
      variables: Record<string, unknown>,
      context: HubContext,
      signal: AbortSignal,
      seen: SeenOf,
    ): Promise<ExecutionResult> => {
      const { requestId } = context;
      const { operation, halves } = prepared;
      const writes = operation.operation === OperationTypeNode.MUTATION;
      const deadline = performance.now() + (writes ? deadlines.mutation : deadlines.total);
      // One identity per execution: subgraphs of this process make one loader context for it.
      const viewer = writes ? context.viewer : readerOf(context.viewer);
      const travel = {
        context: { ...context, viewer, requestKey: {}, seen },
        deadline,
        stepTimeout: writes ? deadlines.mutation : deadlines.subgraph,
        signal,
      };
      const state: Run = {
        data: {},
        loose: [],
        variables,
        satisfies,
        call: caller(call, travel),
      };
      await runPlan(await prepared.step, state);
      if (halves.meta)
        Object.assign(state.data, introspect(schema, halves.meta, operation.name?.value, variables));
      const { data, errors } = complete(prepared.fields, state.data);
      const told = report(errors, state.loose, requestId);
      return told.length > 0 ? { data, errors: told } : { data };
    };

    const execute = async (
      document: DocumentNode,
      operation: OperationDefinitionNode,
      variables: Readonly<Record<string, unknown>>,
      hub: HubContext,
    ): Promise<ExecutionResult> => {
      const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
        maxErrors: 20,
      });
      if (coerced.errors) return refused(coerced.errors);
      const variablesGiven = coerced.coerced;
      try {
        // Identical requests that share one run are charged each.
        admission.charge(hub, () => estimates.of(document, operation, variablesGiven));
        const prepared = preparation.of(document, operation, variablesGiven, () =>
          admission.chargePlan(hub, document),
        );
        const start = (signal: AbortSignal, seen: SeenOf) => run(prepared, variablesGiven, hub, signal, seen);
        if (operation.operation === OperationTypeNode.QUERY)
          return await sharing.answer(
            hub,
            { document, operation, variables: variablesGiven, prepared },
            start,
          );
        try {
          return await admission.write(hub, () => start(new AbortController().signal, NOTHING_SEEN));
        } finally {
          sharing.written();
        }
      } catch (error) {
        // A refusal of the gateway itself is an answer; anything else stays a failure.
        if (error instanceof HubError) return { errors: [error] };
        throw error;
      }
    };

    return {
      unifiedGraph: schema,
      getSubgraphSchema: () => runtime.unifiedGraph,
      executor: async ({ document, operationName, variables, context }): Promise<RuntimeResult> => {
        const hub = hubContext(context);
        if (hub.outcome) return hub.outcome;
        const operation = getOperationAST(document, operationName);
        if (!operation) return refused([new GraphQLError('The operation is unknown.')]);
        if (operation.operation === OperationTypeNode.QUERY)
          hub.known.run = (others, again) => execute(document, operation, others, again);
        return execute(document, operation, variables ?? {}, hub);
      },
    };
  };
}

/** A request that GraphQL refuses before it runs anything. */
function refused(errors: readonly GraphQLError[]): ExecutionResult {
  return {
    errors: errors.map(
      ({ message, nodes }) =>
        new GraphQLError(message, {
          nodes: nodes ?? null,
          extensions: { code: 'BAD_USER_INPUT', http: { spec: true, status: 400 } },
        }),
    ),
  };
}
