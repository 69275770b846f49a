import { OperationTypeNode } from 'graphql';
import { log } from '../../kernel/log.ts';
import { isRecord } from '../../kernel/record.ts';
import type { TravelContext } from '../context.ts';
import { ConnectionFailed } from '../post.ts';
import type { ReportedError } from './cause.ts';
import type { EntityStep, RootStep } from './plan.ts';
import type { CallSubgraph } from './run.ts';

/** One step of a plan, for the subgraph that it names. */
export interface SubgraphRequest {
  step: RootStep | EntityStep;
  variables: Record<string, unknown> | undefined;
  /** Who asks, which gateway request this is. */
  context: TravelContext;
  /** How long it may take, in whole milliseconds. */
  budget: number;
  /** Aborted when nobody waits for the answer any more, or when it comes too late. */
  signal: AbortSignal;
}

/** What a subgraph says; over HTTP nothing guarantees that these are GraphQL's data and errors. */
export interface SubgraphAnswer {
  data?: unknown;
  errors?: readonly ReportedError[] | undefined;
}

/** Brings a request to its subgraph; rejects when there is no answer. */
export type CallTransport = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

/** What the steps of one gateway request share. */
export interface Travel {
  /** Who asks, which gateway request this is. */
  context: TravelContext;
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
export function caller(execute: CallTransport, travel: Travel): CallSubgraph {
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
  result: SubgraphAnswer;
  retry: boolean;
}

async function attempt(
  execute: CallTransport,
  travel: Travel,
  step: RootStep | EntityStep,
  variables: Record<string, unknown> | undefined,
): Promise<Attempt> {
  const budget = Math.floor(Math.min(travel.stepTimeout, travel.deadline - performance.now() - RESERVE));
  const source = step.service;
  if (budget <= 0 || travel.signal.aborted) return failed(travel, source, 'no time left');
  const controller = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const giveUp = () => {
    resolve('late');
    controller.abort();
  };
  travel.signal.addEventListener('abort', giveUp, { once: true });
  const timer = setTimeout(giveUp, budget);
  const { context } = travel;
  const answer = execute({ step, variables, context, budget, signal: controller.signal });
  // A late answer nobody waits for must not end the process.
  answer.catch(() => undefined);
  try {
    const result = await Promise.race([answer, late]);
    if (result === 'late') return failed(travel, source, 'timeout');
    return result.data === undefined || result.data === null
      ? judged(result, travel, source)
      : { result, retry: false };
  } catch (error) {
    return failed(travel, source, codeOf(error), error instanceof ConnectionFailed);
  } finally {
    clearTimeout(timer);
    travel.signal.removeEventListener('abort', giveUp);
  }
}

/** Says in the log why there is no data, unless a resolver's error does. */
function judged(result: SubgraphAnswer, travel: Travel, source: string): Attempt {
  const [error] = result.errors ?? [];
  return error?.path ? { result, retry: false } : { ...failed(travel, source, codeOf(error)), result };
}

/** @param retry whether it was the connection that failed */
function failed({ context, signal }: Travel, source: string, reason: string, retry = false): Attempt {
  // A client that went away is not the subgraph's doing.
  const level = signal.aborted ? 'debug' : 'warn';
  log[level]({ requestId: context.requestId, source, reason }, 'a subgraph did not answer');
  return { result: {}, retry };
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
