import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { GraphQLError } from 'graphql';
import { HubError, isErrorCode } from '../kernel/errors.ts';
import { hubContext } from './context.ts';

/** Codes of a request that GraphQL itself refuses, beside the closed list. */
const OF_GRAPHQL = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** Most errors told about a request that is refused. */
const MOST_ERRORS = 20;

/** Longest message about a request that is refused, in characters: it may repeat what the client wrote. */
const LONGEST = 300;

/** Most that all these messages hold together, in bytes; the first is told in any case. */
const MOST_BYTES = 5000;

/**
 * The last look at every answer: no code but those that the contract knows, whatever library made the error, and
 * a bounded number of them.
 */
export function answerErrors(): GatewayPlugin {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      if (!('errors' in result) || !result.errors || result.data !== undefined) return;
      const { requestId } = hubContext(serverContext);
      const errors = result.errors.slice(0, MOST_ERRORS).map((error) => withKnownCode(error, requestId));
      setResult({ ...result, errors: withinBytes(errors) });
    },
  };
}

function withinBytes(errors: readonly GraphQLError[]): GraphQLError[] {
  let room = MOST_BYTES;
  return errors.filter(({ message }, index) => {
    room -= Buffer.byteLength(message);
    return index === 0 || room >= 0;
  });
}

function withKnownCode(error: GraphQLError, requestId: string): GraphQLError {
  const { code } = error.extensions;
  if (code === 'INTERNAL') return new HubError(code, error.message, { ...error.extensions, requestId });
  const known = isErrorCode(code) || OF_GRAPHQL.has(code);
  // The runtime's own account of a body that is no JSON: it repeats the whole body.
  const { originalError, ...extensions } = error.extensions;
  if (known && originalError === undefined && error.message.length <= LONGEST) return error;
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message.length <= LONGEST ? message : `${message.slice(0, LONGEST)}…`, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: {
      ...extensions,
      ...(!known && { code: 'BAD_USER_INPUT' }),
      // It also made this the status in plain JSON.
      ...(originalError !== undefined && { http: { status: 400 } }),
    },
  });
}
