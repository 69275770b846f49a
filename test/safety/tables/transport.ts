import { operation } from '../kit/http.ts';
import type { Row } from './documents.ts';

const QUERY = '{ networks { id } }';
const json = (body: string) => ({ body });

const body = (name: string, text: string, status = 400, codes = ['BAD_USER_INPUT']): Row => ({
  name: `bodies: ${name}`,
  sent: json(text),
  status,
  codes,
});

const typed = (type: string, text: string): Row => ({
  name: `CSRF: a POST of ${type}`,
  sent: { body: text, headers: { 'content-type': type } },
  status: 415,
  codes: ['BAD_USER_INPUT'],
});

const deep = (open: string, close: string, levels: number) =>
  `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":${open.repeat(levels)}1${close.repeat(levels)}}}`;

/** What the HTTP side of the gateway refuses. */
export const TRANSPORT: readonly Row[] = [
  body('larger than 256 kB', JSON.stringify({ query: `{ networks { id } } #${'x'.repeat(262_144)}` }), 413),
  body('JSON nested 100 000 deep', deep('[', ']', 100_000)),
  body('objects nested 40 000 deep', deep('{"a":', '}', 40_000)),
  body('unparsable JSON', '{"query": '),
  body('no JSON at all', '<html>'),
  body('empty', ''),
  body('JSON that is no object', '"{ networks { id } }"'),
  body('null', 'null'),
  body('a query that is a number', '{"query": 1}'),
  body('a query that is a list', '{"query": ["{ networks { id } }"]}'),
  body('variables that are a text', JSON.stringify({ query: QUERY, variables: 'x' })),
  body('variables that are a list', JSON.stringify({ query: QUERY, variables: [1] })),
  body('an operation that the document has not', JSON.stringify({ query: QUERY, operationName: 'Nobody' })),
  body('a parameter that nobody knows', JSON.stringify({ query: QUERY, doc_id: '1' })),
  body('__proto__ keys', `{"query":"${QUERY}","variables":{"__proto__":{"admin":true}}}`),
  body('array batch', `[${JSON.stringify({ query: QUERY })},${JSON.stringify({ query: QUERY })}]`),
  body('empty array batch', '[]'),
  {
    name: 'GET mutation',
    sent: {
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent('mutation { discardResultDraft(input: { draft: "DRAFT-1", version: 1, idempotencyKey: "12345678" }) { __typename } }')}`,
    },
    status: 405,
    codes: ['BAD_USER_INPUT'],
  },
  typed('application/x-www-form-urlencoded', `query=${encodeURIComponent(QUERY)}`),
  typed('text/plain', JSON.stringify({ query: QUERY })),
  typed(
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ networks { id } }"}\r\n--x--\r\n',
  ),
  typed('application/graphql', QUERY),
  {
    name: 'methods: PUT',
    sent: { ...operation(QUERY), method: 'PUT' },
    status: 404,
    codes: ['NOT_FOUND'],
  },
  { name: 'methods: DELETE', sent: { method: 'DELETE' }, status: 404, codes: ['NOT_FOUND'] },
  {
    name: 'addresses: nothing there',
    sent: { method: 'GET', path: '/graphql/../../etc/x' },
    status: 404,
    codes: ['NOT_FOUND'],
  },
  {
    name: 'addresses: not readable',
    sent: { method: 'GET', path: '/q/%E0%A4%A' },
    status: 400,
    codes: ['BAD_USER_INPUT'],
  },
  {
    name: 'persisted documents: a hash that nobody published, at /q',
    sent: { method: 'GET', path: `/q/${'0'.repeat(64)}` },
    status: 404,
    codes: ['PERSISTED_QUERY_NOT_FOUND'],
  },
  {
    name: 'persisted documents: a hash that nobody published, by documentId',
    sent: json(JSON.stringify({ documentId: `sha256:${'0'.repeat(64)}` })),
    status: 404,
    codes: ['PERSISTED_QUERY_NOT_FOUND'],
  },
  {
    name: 'persisted documents: a hash that is not that of its document',
    sent: json(
      JSON.stringify({
        query: QUERY,
        extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
      }),
    ),
    status: 400,
    codes: ['BAD_USER_INPUT'],
  },
  {
    name: 'tokens: a forged token',
    sent: {
      ...operation(QUERY),
      headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJESVRQIn0.' },
    },
    status: 401,
    codes: ['UNAUTHENTICATED'],
  },
  {
    name: 'tokens: a key that nobody made',
    sent: { ...operation(QUERY), headers: { authorization: `Bearer hub_abcdefghjkmn_${'A'.repeat(43)}` } },
    status: 401,
    codes: ['UNAUTHENTICATED'],
  },
  {
    name: 'tokens: another scheme',
    sent: { ...operation(QUERY), headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } },
    status: 401,
    codes: ['UNAUTHENTICATED'],
  },
];
