import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, errorsOf } from './fixtures/gateway.ts';
import {
  type FixtureServer,
  fixtureListener,
  fixtureSupergraph,
  listen,
  listenFixture,
} from './fixtures/subgraphs.ts';
import { openIdentity } from './identity/identity.ts';
import type { RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

const json = (response: ServerResponse, body: string, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
const drip: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** What a subgraph may do instead of answering. */
const ROGUES: Record<string, RequestListener> = {
  'resets every connection': (request) => request.socket.resetAndDestroy(),
  'never answers': () => undefined,
  'drips blanks for ever': drip,
  'ends in the middle': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":{"_ent');
    response.socket?.destroy();
  },
  'answers HTML': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
  'answers 502 in HTML': (_request, response) => response.writeHead(502).end('<h1>nginx at 10.0.0.1</h1>'),
  'answers nothing': (_request, response) => response.end(),
  'answers null': (_request, response) => json(response, 'null'),
  'answers a list': (_request, response) => json(response, '[1]'),
  'answers an empty object': (_request, response) => json(response, '{}'),
  'answers other data': (_request, response) => json(response, '{"data":{"hello":1}}'),
  'answers text for entities': (_request, response) => json(response, '{"data":{"_entities":"x"}}'),
  'answers too few entities': (_request, response) => json(response, '{"data":{"_entities":[]}}'),
  'answers entities without their fields': (_request, response) =>
    json(response, '{"data":{"_entities":[{},{},{}]}}'),
  'answers errors that are text': (_request, response) => json(response, '{"errors":"at 10.0.0.1"}'),
  'answers errors that are null': (_request, response) => json(response, '{"data":null,"errors":[null]}'),
  'answers 500 with an error': (_request, response) =>
    json(response, '{"errors":[{"message":"at 10.0.0.1:5432","extensions":{"stacktrace":["x.ts"]}}]}', 500),
  'answers 504 with an error': (_request, response) =>
    json(
      response,
      '{"errors":[{"message":"x","extensions":{"http":{"status":504},"code":"WHATEVER"}}]}',
      504,
    ),
};

describe('a subgraph that misbehaves costs its own fields only', () => {
  let behaviour: RequestListener = fixtureListener('voices');
  let requests = 0;
  const servers: FixtureServer[] = [];
  let gateway: RunningGateway | undefined;
  const running = () => {
    if (!gateway) throw new Error('no gateway');
    return gateway;
  };

  beforeAll(async () => {
    const directory = await listenFixture('directory');
    const figures = await listenFixture('figures');
    const voices = await listen((request, response) => {
      requests += 1;
      return behaviour(request, response);
    });
    servers.push(directory, figures, voices);
    gateway = await startGateway({
      // Whatever is sent with the request, it is anybody's.
      identity: {
        ...(await openIdentity({ databaseUrl: null, oidc: null })),
        identify: async () => null,
      },
      supergraph: fixtureSupergraph(),
      host: '127.0.0.1',
      port: 0,
      timeoutMs: 400,
      subgraphUrls: { directory: directory.url, figures: figures.url, voices: voices.url },
    });
  });
  afterAll(async () => {
    await gateway?.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  const QUERY = '{ sites { name latest { title } score } }';
  test.each(Object.entries(ROGUES))('%s', async (_name, rogue) => {
    behaviour = rogue;
    const answer = await ask(running(), QUERY);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({
      sites: ['Arras', 'Bapaume', 'Calais'].map((name) => ({ name, latest: null, score: 6.5 })),
    });
    expect(errorsOf(answer)).toEqual(
      [0, 1, 2].map((index) => `SOURCE_UNAVAILABLE voices sites.${index}.latest`),
    );
    expect(JSON.stringify(answer)).not.toMatch(/10\.0\.0\.1|127\.0\.0\.1|\.ts|nginx|Hello|stacktrace/);

    behaviour = fixtureListener('voices');
    const recovered = await ask(running(), '{ sites { latest { title } } }');
    expect(recovered).toEqual({
      status: 200,
      data: { sites: [{ latest: { title: 'Merci' } }, { latest: null }, { latest: null }] },
    });
  });

  test('a subgraph learns the name of the request and the time it has, nothing of the client', async () => {
    let headers: Record<string, unknown> = {};
    let body = '';
    behaviour = async (request, response) => {
      headers = request.headers;
      for await (const chunk of request) body += chunk;
      json(response, '{"data":{"testimonies":[]}}');
    };
    await fetch(`${running().url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer x',
        'x-request-id': 'portal-0123456789',
      },
      body: '{"query":"{ testimonies { id } }"}',
    });
    expect(headers).toMatchObject({ 'x-request-id': 'portal-0123456789' });
    expect(Number(headers['x-timeout-ms'])).toBeGreaterThan(0);
    expect(Number(headers['x-timeout-ms'])).toBeLessThanOrEqual(400);
    expect(headers).not.toHaveProperty('authorization');
    expect(Object.keys(JSON.parse(body))).toEqual(['query']);
  });

  test('a query whose connection fails once is sent once more', async () => {
    requests = 0;
    behaviour = (request, response) =>
      requests === 1 ? request.socket.resetAndDestroy() : fixtureListener('voices')(request, response);
    expect(await ask(running(), '{ testimonies { title } }')).toMatchObject({
      data: { testimonies: [{}, {}, {}] },
    });
    expect(requests).toBe(2);
  });

  test('never more than once, and a mutation never', async () => {
    behaviour = (request) => request.socket.resetAndDestroy();
    requests = 0;
    expect(errorsOf(await ask(running(), '{ testimonies { id } }'))).toEqual([
      'SOURCE_UNAVAILABLE voices testimonies',
    ]);
    expect(requests).toBe(2);
    requests = 0;
    const refused = await ask(running(), 'mutation { thank(id: "TEM-1") { id } }');
    expect(errorsOf(refused)).toEqual(['SOURCE_UNAVAILABLE voices thank']);
    expect(requests).toBe(1);
  });

  test('a mutation has more time than a query', async () => {
    behaviour = async (request, response) => {
      await sleep(700);
      // The query has been given up, and its body with it.
      if (request.destroyed) return;
      fixtureListener('voices')(request, response);
    };
    const [written, read] = await Promise.all([
      ask(running(), 'mutation { thank(id: "TEM-1") { id } }'),
      ask(running(), '{ testimonies { id } }'),
    ]);
    expect(written).toEqual({ status: 200, data: { thank: { id: 'TEM-1' } } });
    expect(errorsOf(read)).toEqual(['SOURCE_UNAVAILABLE voices testimonies']);
  });
});
