import type { UnifiedGraphHandler } from '@graphql-hive/gateway-runtime';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { log } from '../../kernel/log.ts';
import type { EntityStep, RootStep } from './plan.ts';
import type { CallSubgraph } from './run.ts';

type OnSubgraphExecute = Parameters<UnifiedGraphHandler>[0]['onSubgraphExecute'];

/** What the steps of one gateway request share. */
export interface Travel {
  /** Given to the transports: who asks, which gateway request this is. */
  context: object;
  requestId: string;
  /** Moment, in `performance.now()` milliseconds, at which the whole answer must be ready. */
  deadline: number;
  /** Longest wait for one step, in milliseconds. */
  stepTimeout: number;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Kept back at each step to complete and send the answer, in milliseconds. */
const RESERVE = 100;

/**
 * Calls subgraphs within the deadline of the request. A query whose connection failed is sent once more;
 * a mutation never, nor anything that the subgraph may have started to answer too late.
 */
export function caller(execute: OnSubgraphExecute, travel: Travel): CallSubgraph {
  return async (step, variables) => {
    const first = await attempt(execute, travel, step, variables);
    if (first.retry && step.operation === OperationTypeNode.QUERY) {
      const second = await attempt(execute, travel, step, variables);
      return second.result;
    }
    return first.result;
  };
}

interface Attempt {
  result: ExecutionResult;
  retry: boolean;
}

async function attempt(
  execute: OnSubgraphExecute,
  travel: Travel,
  step: RootStep | EntityStep,
  variables: Record<string, unknown> | undefined,
): Promise<Attempt> {
  const budget = Math.min(travel.stepTimeout, travel.deadline - performance.now() - RESERVE);
  const source = step.service;
  if (budget <= 0 || travel.signal.aborted) return failed(travel, source, 'no time left');
  const controller = new AbortController();
  const abort = () => controller.abort();
  travel.signal.addEventListener('abort', abort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, budget, 'late');
    controller.signal.addEventListener('abort', () => resolve('late'), { once: true });
  });
  try {
    const answer = Promise.resolve(
      execute(source, {
        document: step.document,
        ...(variables && { variables }),
        operationType: step.operation,
        ...(step.operationName !== undefined && { operationName: step.operationName }),
        context: travel.context,
        signal: controller.signal,
        extensions: {
          headers: { 'x-request-id': travel.requestId, 'x-timeout-ms': String(Math.floor(budget)) },
        },
      }),
    );
    // A late answer nobody waits for must not end the process.
    answer.catch(() => undefined);
    const result = await Promise.race([answer, late]);
    if (result === 'late') {
      controller.abort();
      return failed(travel, source, 'timeout');
    }
    if (typeof result !== 'object' || result === null || Symbol.asyncIterator in result)
      return failed(travel, source, 'not a result');
    if (result.data === undefined || result.data === null) return judged(result, travel, source);
    return { result, retry: false };
  } catch (error) {
    return failed(travel, source, codeOf(error));
  } finally {
    clearTimeout(timer);
    travel.signal.removeEventListener('abort', abort);
  }
}

/** Says in the log why there is no data, and whether that is because the connection failed. */
function judged(result: ExecutionResult, travel: Travel, source: string): Attempt {
  const [error] = result.errors ?? [];
  if (error?.path) return { result, retry: false };
  const reason = codeOf(error);
  log.warn({ requestId: travel.requestId, source, reason }, 'a subgraph did not answer');
  const response = error?.extensions?.response;
  return { result, retry: error?.extensions?.code === 'SUBREQUEST_HTTP_ERROR' && response === undefined };
}

function failed(travel: Travel, source: string, reason: string): Attempt {
  // A client that went away is not the subgraph's doing.
  const level = travel.signal.aborted ? 'debug' : 'warn';
  log[level]({ requestId: travel.requestId, source, reason }, 'a subgraph did not answer');
  return { result: {}, retry: false };
}

/** Names an error without its message, which may hold an address. */
function codeOf(error: unknown): string {
  for (let current: unknown = error; isRecord(current); current = current.originalError ?? current.cause) {
    if (typeof current.code === 'string') return current.code;
    if (isRecord(current.extensions) && typeof current.extensions.code === 'string')
      return current.extensions.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
