import type { ExecutionResult } from 'graphql';
import type { Seen } from '../kernel/graphql/kept.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { RunAgain } from './known.ts';
import type { KeptAnswer, Origin } from './shared/answers.ts';

/** What the HTTP host establishes about a request before GraphQL sees it. */
export interface HubContext {
  /** Names the request in the log, in INTERNAL errors and in the answer's header. */
  requestId: string;
  viewer: Viewer;
  /** Who is counted: a key, a person, an address. */
  caller: string;
  /** What the operation costs, once it is known; the host tells it in headers. */
  spent: { estimate?: number; limit?: number; remaining?: number | null };
  /** What the execution says of sharing its answer: the one that is kept already, or what a new one depends on. */
  shared: { kept?: KeptAnswer; origin?: Origin };
  /** What is learned of a query: how the same one runs again. */
  known: { run?: RunAgain };
  /** How it was executed already: what is left is to make an answer of it. */
  outcome?: Promise<ExecutionResult>;
  /** The request as the runtime made it. */
  request?: { signal?: AbortSignal };
}

/** What the caller is told of the cost of an operation, as headers. */
export function costHeaders({ estimate, limit, remaining }: HubContext['spent']): [string, string][] {
  if (estimate === undefined || limit === undefined) return [];
  const told: [string, string][] = [
    ['x-cost-estimate', String(estimate)],
    ['x-cost-limit', String(limit)],
  ];
  if (typeof remaining === 'number') told.push(['x-cost-remaining', String(remaining)]);
  return told;
}

/** The context as it travels to the transports. */
export interface TravelContext extends HubContext {
  /** One object per execution, shared by all the steps of its plan. */
  requestKey: object;
  /** How far this gateway has followed what is published of a subgraph; for queries alone. */
  seen: (subgraph: string) => Seen | undefined;
}

/** The context of a request that came through the host; throws for any other. */
export function hubContext(context: unknown): HubContext {
  if (isHubContext(context)) return context;
  throw new Error('An operation came without its request id and viewer.');
}

function isHubContext(context: unknown): context is HubContext {
  return typeof context === 'object' && context !== null && 'requestId' in context && 'viewer' in context;
}
