import { GraphQLError } from 'graphql';
import { HubError } from '../../kernel/errors.ts';

/** Code that clients of persisted queries look for. */
const CODE = 'PERSISTED_QUERY_NOT_FOUND';

/** Message that clients of persisted queries look for. */
const MESSAGE = 'PersistedQueryNotFound';

/** The answer of `/q` to a hash that is none, or none that the caller may know of. */
export const notFoundAnswer = (requestId: string) => ({
  errors: [{ message: MESSAGE, extensions: { code: CODE, requestId } }],
});

/**
 * The same at `/graphql`: 404 in GraphQL's own media type and 200 in plain JSON, whose older clients read nothing
 * of an answer that is not 200 (Apollo Server answers them so).
 */
export const notFound = () =>
  new GraphQLError(MESSAGE, { extensions: { code: CODE, http: { spec: true, status: 404 } } });

/** The request contradicts itself, whatever the caller accepts. */
export const contradictory = (message: string) =>
  new HubError('BAD_USER_INPUT', message, { http: { status: 400 } });

/** Anybody may send trusted documents only. */
export const untrusted = () =>
  new HubError(
    'FORBIDDEN',
    'Callers without a role are answered published documents only: GET /q lists them, GET /q/<hash>?variables=… runs one.',
    { http: { status: 403 } },
  );
