import {
  createGatewayRuntime,
  type GatewayPlugin,
  Logger,
  type LogLevel,
  type LogWriter,
} from '@graphql-hive/gateway-runtime';
import { GraphQLError, parse } from 'graphql';
import { log } from '../kernel/log.ts';
import { answerErrors } from './answer-errors.ts';
import type { HubContext } from './context.ts';
import { type Deadlines, hubHandler } from './handler.ts';
import type { Admission } from './limits/admission.ts';
import { documentLimits } from './limits/document.ts';
import { variableLimits } from './limits/variables.ts';
import type { SharedAnswers } from './shared/answers.ts';
import type { Transports } from './transport.ts';

export type Runtime = ReturnType<typeof createGatewayRuntime<HubContext>>;

export interface RuntimeOptions {
  deadlines: Deadlines;
  /** What operations pass before they run. */
  admission: Admission;
  plugins: readonly GatewayPlugin[];
  /** What identical requests share beyond runs under way; nothing when omitted. */
  answers?: SharedAnswers | undefined;
}

/** Operations that a reload of the supergraph finds in flight get this long to finish, in milliseconds. */
const RELOAD_DRAIN = 15_000;

/** Signals on which the runtime would dispose of itself, under the requests in flight. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * The GraphQL side of the gateway: HTTP parameters, parsing, validation, plugins; it reports to nobody, serves
 * no page of its own and leaves closing to us.
 */
export function createRuntime(
  supergraph: () => string,
  transports: Transports,
  { deadlines, admission, plugins, answers }: RuntimeOptions,
): Runtime {
  tameLogLevel();
  const before = SIGNALS.map((signal) => process.listeners(signal));
  const runtime = createGatewayRuntime<HubContext>({
    // Parsed: the runtime takes some texts for paths of files.
    supergraph: () => parse(supergraph(), { noLocation: true }),
    unifiedGraphHandler: hubHandler(deadlines, admission, answers, transports),
    gracefulSchemaReload: { drainTimeout: RELOAD_DRAIN },
    // Merging steps into one document defeats the caches of parsed documents on both sides.
    __experimental__batchExecution: false,
    plugins: () => [variableLimits(), documentLimits(), answerErrors(), ...plugins],
    logging: new Logger({ level: 'warn', writers: [new PinoWriter()] }),
    maskedErrors: { maskError },
    cors: false,
    subgraphErrors: false,
    requestId: false,
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
  });
  SIGNALS.forEach((signal, index) => {
    for (const listener of process.listeners(signal))
      if (!before[index]?.includes(listener)) process.removeListener(signal, listener);
  });
  return runtime;
}

/** The runtime's logger reads LOG_LEVEL itself and throws on levels that only pino has; ours is read by now. */
function tameLogLevel(): void {
  if (process.env.LOG_LEVEL === 'silent' || process.env.LOG_LEVEL === 'fatal')
    process.env.LOG_LEVEL = 'error';
}

class PinoWriter implements LogWriter {
  write(level: LogLevel, attrs: unknown, msg: string | null | undefined): void {
    log[level]({ runtime: attrs }, msg ?? '');
  }
}

/** Errors of GraphQL itself are for the client; what the gateway's own code throws is not. */
function maskError(error: unknown): Error {
  if (error instanceof GraphQLError && !error.originalError) return error;
  if (error instanceof GraphQLError && error.originalError instanceof GraphQLError) return error;
  log.error({ err: error }, 'the gateway failed');
  return new GraphQLError('Internal error.', { extensions: { code: 'INTERNAL', http: { status: 500 } } });
}
