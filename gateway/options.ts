import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Seen } from '../kernel/graphql/kept.ts';
import type { RawRoute } from '../kernel/raw/route.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Rates } from './callers.ts';
import type { AnonymousQueries } from './documents/plugin.ts';
import type { Identity } from './identity/identity.ts';
import type { CostLimits } from './limits/meter.ts';
import type { AnswerFigures } from './shared/answers.ts';

/** One step of a plan for a subgraph of this process. */
export interface InProcessRequest {
  document: DocumentNode;
  variables?: Record<string, unknown> | undefined;
  /** One object per execution of a client's operation: its steps share one loader context in each subgraph. */
  requestKey: object;
  /** What the client is told when something fails; the log names it too. */
  requestId: string;
  viewer: Viewer;
  /** How far this gateway has followed what is published of the subgraph; missing where that is not known. */
  seen?: Seen | undefined;
  /** Aborted when nobody waits for the answer any more, or when it comes too late. */
  signal?: AbortSignal | undefined;
}

/** A subgraph of this process. The gateway adds to the result that it gets: it must be nobody else's. */
export interface InProcessExecutor {
  execute(request: InProcessRequest): Promise<ExecutionResult>;
  /** What it does beside GraphQL. */
  routes?: readonly RawRoute[];
  /** Rejects, or answers false, while the subgraph cannot answer. */
  ready?(): Promise<unknown>;
}

/** Where the supergraph comes from: its SDL, or a file that is read again when it changes. */
export type SupergraphSource = string | { file: string };

/** Where what is published is followed, and how many megabytes of answers are kept; 0 keeps none. */
export interface AnswerOptions {
  databaseUrl: string;
  megabytes: number;
}

export interface GatewayOptions {
  supergraph: SupergraphSource;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Subgraphs of this process, by name; the others are called over HTTP. */
  inProcess?: ReadonlyMap<string, InProcessExecutor>;
  /** Addresses of subgraphs, instead of those of the supergraph. */
  subgraphUrls?: Readonly<Record<string, string>>;
  /** What calls over HTTP are signed with, see `kernel/signature`; without it they are not signed. */
  secret?: string;
  /** Largest file that is passed on to a subgraph, in bytes; 10 MB by default. */
  fileLimit?: number;
  /** Longest wait for one subgraph, in milliseconds; 9 000 by default. */
  timeoutMs?: number;
  /** Longest wait for a whole answer to a query, in milliseconds; 10 000 by default. */
  deadlineMs?: number;
  /** Longest wait for the answer to a mutation, in milliseconds; 60 000 by default. */
  mutationDeadlineMs?: number;
  /** Who stands behind keys and tokens; nobody when omitted: then every credential is refused. */
  identity?: Identity;
  /** Requests a minute; no limit when omitted. */
  rates?: Rates;
  /** What operations may cost, as estimated before they run; no limit when omitted. */
  costs?: CostLimits;
  /** Proxies whose X-Forwarded-For is believed: addresses or networks. */
  trustedProxies?: readonly string[];
  /** Answers that requests share: where their freshness is known, and how much is kept. None when omitted. */
  answers?: AnswerOptions;
  /** Trusted documents: the folder they are read from, and what anybody may send beside them. None when omitted. */
  documents?: { folder: string; anonymousQueries: AnonymousQueries };
  /** Folder of the operations that the explorer shows in its tabs; `schema/operations` by default. */
  operations?: string;
  /** More plugins of the runtime, run after the gateway's own. */
  plugins?: readonly GatewayPlugin[];
}

export interface RunningGateway {
  /** Root address, without a slash at the end. */
  url: string;
  /** Turns readiness to false, lets the requests in flight finish, releases everything. */
  close(): Promise<void>;
}

export interface ServingGateway extends RunningGateway {
  /** What became of shared answers since the start; null when there are none. */
  answerFigures(): AnswerFigures | null;
}
