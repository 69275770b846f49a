import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from './fixtures/subgraphs.ts';
import type { RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

let gateway: RunningGateway | undefined;
beforeAll(async () => {
  const supergraph = fixtureSupergraph();
  gateway = await startGateway({ supergraph, host: '127.0.0.1', port: 0, inProcess: inProcessFixtures() });
});
afterAll(() => gateway?.close());

const QUERY = JSON.stringify({ query: '{ __typename }' });

interface Answer {
  status: number;
  type: string | undefined;
  body: string;
}

/** Sends bytes that no HTTP client would: the headers as they are given, on a connection of their own. */
function sendRaw(first: string, headers: readonly string[], body = ''): Promise<Answer> {
  const lines = [`${first} HTTP/1.1`, ...headers, `content-length: ${Buffer.byteLength(body)}`];
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway?.url ?? '');
    const socket = connect(Number(port), hostname, () =>
      socket.write([...lines, 'connection: close', '', body].join('\r\n')),
    );
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const type = /\r\ncontent-type: ([^\r]*)/i.exec(head)?.[1];
      resolve({ status: Number(head.split(' ')[1]), type, body: rest.join('\r\n\r\n') });
    });
  });
}

const post = (headers: readonly string[], body = QUERY, path = '/graphql') =>
  sendRaw(`POST ${path}`, ['content-type: application/json', ...headers], body);
const get = (search: string) => sendRaw(`GET /graphql?${search}`, ['host: hub']);

describe('what the client calls the hub is no matter', () => {
  test.each(['%%', 'a b', '[', 'x:99999', '', 'x/y', 'x?y', 'user:word@x', '..', 'x\\y'])(
    'Host: %s',
    async (host) => {
      expect(await post([`host: ${host}`])).toMatchObject({
        status: 200,
        body: '{"data":{"__typename":"Query"}}',
      });
    },
  );

  test.each(['/%67raphql', 'http://elsewhere/graphql', '/graphql?%%%', '/graphql?variables=['])(
    'POST %s',
    async (path) => {
      expect(await post(['host: hub'], QUERY, path)).toMatchObject({
        status: 200,
        body: '{"data":{"__typename":"Query"}}',
      });
    },
  );
});

test.each(['variables=[', 'variables=%7B', 'extensions=[', 'extensions=x'])(
  'GET with %s is refused, and says why',
  async (parameter) => {
    const { status, body } = await get(`query=%7B__typename%7D&${parameter}`);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(body).toContain('percent-encoded');
  },
);

describe('every answer is JSON, whatever is accepted', () => {
  test.each([
    'text/event-stream',
    'multipart/mixed',
    'text/html',
    'Text/Event-Stream;q=1, multipart/mixed',
    ',,',
  ])('only %s: refused', async (accept) => {
    const { status, type, body } = await post(['host: hub', `accept: ${accept}`]);
    expect(status).toBe(406);
    expect(type).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } }],
    });
  });

  test('streams beside JSON: JSON', async () => {
    const accept =
      'accept: text/event-stream, multipart/mixed;q=0.9, application/graphql-response+json;q=0.1';
    expect(await post(['host: hub', accept])).toEqual({
      status: 200,
      type: 'application/graphql-response+json; charset=utf-8',
      body: '{"data":{"__typename":"Query"}}',
    });
  });

  test('a POST without any type', async () => {
    const { status, type, body } = await sendRaw('POST /graphql?query=%7B__typename%7D', ['host: hub']);
    expect([status, type]).toEqual([415, 'application/json; charset=utf-8']);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

test('a body that is no JSON is not repeated', async () => {
  const { status, body } = await post(['host: hub'], `{"secret": "${'x'.repeat(10_000)}`);
  expect(status).toBe(400);
  expect(body).not.toContain('xxx');
  expect(body.length).toBeLessThan(300);
});
