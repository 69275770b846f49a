import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { log } from '../kernel/log.ts';
import { ask } from './fixtures/gateway.ts';
import {
  fixtureListener,
  fixtureSupergraph,
  inProcessFixtures,
  listen,
  listenFixture,
} from './fixtures/subgraphs.ts';
import type { InProcessExecutor, RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

const host = '127.0.0.1';
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const release of cleanUp.splice(0).reverse()) await release();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gateway-'));
  cleanUp.push(() => rm(path, { recursive: true }));
  return path;
}

/** Waits until `check` holds; the test's own time limit says when it never does. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await sleep(50);
}

/** A door that the test opens: what goes through it waits until then. */
function door() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** The fixtures in process, `directory` behind a door; counts the executions of `directory`. */
function slowFixtures() {
  const { open, opened } = door();
  const fixtures = inProcessFixtures();
  const seen = { executions: 0, requestKeys: new Set<object>(), aborted: false };
  const directory = fixtures.get('directory');
  if (!directory) throw new Error('no directory');
  const execute: InProcessExecutor['execute'] = async (request) => {
    seen.executions += 1;
    seen.requestKeys.add(request.requestKey);
    request.signal?.addEventListener('abort', () => {
      seen.aborted = true;
    });
    await opened;
    return directory.execute(request);
  };
  return { inProcess: new Map([...fixtures, ['directory' as const, { execute }]]), open, seen };
}

async function start(options: Partial<Parameters<typeof startGateway>[0]>): Promise<RunningGateway> {
  const gateway = await startGateway({ supergraph: fixtureSupergraph(), host, port: 0, ...options });
  cleanUp.push(() => gateway.close());
  return gateway;
}

test('closing lets what is in flight finish, then nothing listens', async () => {
  const { inProcess, open, seen } = slowFixtures();
  const gateway = await start({ inProcess });
  const inFlight = ask(gateway, '{ sites { name } }');
  await until(async () => seen.executions === 1);
  const closed = gateway.close();
  open();
  expect((await inFlight).data).toMatchObject({ sites: [{ name: 'Arras' }, {}, {}] });
  await closed;
  await expect(fetch(`${gateway.url}/healthcheck`)).rejects.toThrow();
});

test('identical concurrent queries run once, others and mutations do not', async () => {
  const { inProcess, open, seen } = slowFixtures();
  const gateway = await start({ inProcess });
  const query = 'query ($id: ID!) { site(id: $id) { name latest { site { name } } } }';
  const same = Array.from({ length: 20 }, () => ask(gateway, query, { id: 'SITE-1' }));
  const other = ask(gateway, query, { id: 'SITE-2' });
  await until(async () => seen.executions === 2);
  open();
  const answers = await Promise.all(same);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.data).toEqual({ site: { name: 'Arras', latest: { site: { name: 'Arras' } } } });
  expect((await other).data).toMatchObject({ site: { name: 'Bapaume' } });
  // Two executions, each of which reached this subgraph at its own steps under one key.
  expect(seen.requestKeys.size).toBe(2);
});

test('a client that goes away aborts the work that nobody else waits for', async () => {
  const { inProcess, open, seen } = slowFixtures();
  const gateway = await start({ inProcess });
  const told = vi.spyOn(log, 'error');
  const gone = new AbortController();
  const body = JSON.stringify({ query: '{ sites { name } }' });
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const first = fetch(`${gateway.url}/graphql`, { ...request, signal: gone.signal });
  first.catch(() => undefined);
  await until(async () => seen.executions === 1);
  gone.abort();
  await until(async () => seen.aborted);
  // Whoever asks next starts anew.
  const next = ask(gateway, '{ sites { name } }');
  await until(async () => seen.executions === 2);
  open();
  expect((await next).data).toMatchObject({ sites: [{}, {}, {}] });
  // A client may leave: that is no error of ours.
  expect(told).not.toHaveBeenCalled();
});

test('readiness follows the subgraphs of the process', async () => {
  const fixtures = inProcessFixtures();
  let ready = false;
  const voices: InProcessExecutor = {
    execute: fixtures.get('voices')?.execute ?? (() => Promise.reject()),
    ready: async () => ready,
  };
  const gateway = await start({ inProcess: new Map([...fixtures, ['voices' as const, voices]]) });
  expect((await fetch(`${gateway.url}/readiness`)).status).toBe(503);
  ready = true;
  expect((await fetch(`${gateway.url}/readiness`)).status).toBe(200);
});

test('a supergraph that breaks never replaces the last good one; a good one does', async () => {
  const file = join(await folder(), 'supergraph.graphql');
  await writeFile(file, fixtureSupergraph());
  const gateway = await start({ supergraph: { file }, inProcess: inProcessFixtures() });
  const query = '{ __type(name: "Site") { description } site(id: "SITE-1") { name } }';
  await writeFile(file, 'type Query { broken');
  await sleep(1500);
  expect((await ask(gateway, query)).data).toEqual({
    __type: { description: null },
    site: { name: 'Arras' },
  });
  await writeFile(file, fixtureSupergraph().replace(/^type Site/m, '"New."\ntype Site'));
  await until(async () => JSON.stringify(await ask(gateway, query)).includes('New.'));
  expect((await ask(gateway, query)).data).toEqual({
    __type: { description: 'New.' },
    site: { name: 'Arras' },
  });
});

test('what a plugin of the gateway throws is masked, under the request id', async () => {
  const plugin = {
    onExecute: () => {
      throw new Error('secret at 10.0.0.1');
    },
  };
  const gateway = await start({ inProcess: inProcessFixtures(), plugins: [plugin] });
  const answer = await ask(gateway, '{ sites { name } }');
  expect(answer).toEqual({
    status: 500,
    errors: [
      {
        message: 'Internal error.',
        extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    ],
  });
});

test('a gateway without a usable supergraph does not start', async () => {
  await expect(startGateway({ supergraph: 'type Query { a: Int }', host, port: 0 })).rejects.toThrow(
    /supergraph/,
  );
  await expect(startGateway({ supergraph: { file: '/nowhere' }, host, port: 0 })).rejects.toThrow();
});

/** Starts the gateway as a process of its own on a supergraph file; answers where it listens. */
async function startProcess(file: string, environment: Record<string, string>) {
  const script = `
    import { readConfig } from './kernel/config.ts';
    import { runGateway } from './gateway/main.ts';
    await runGateway({ ...readConfig({ PORT: '0' }), supergraph: ${JSON.stringify(file)} });`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  cleanUp.push(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  await until(async () => output.includes('/graphql') || child.exitCode !== null);
  const url = /http:\/\/\S+(?=\/graphql)/.exec(output)?.[0] ?? '';
  return { child, gateway: { url, close: async () => undefined } };
}

test('as a process: any supergraph, addresses from the environment, in any order, ends by itself on SIGTERM', async () => {
  const file = join(await folder(), 'supergraph.graphql');
  const { open, opened } = door();
  const directory = await listen(async (request, response) => {
    await opened;
    return fixtureListener('directory')(request, response);
  });
  const voices = await listenFixture('voices');
  cleanUp.push(directory.close, voices.close);
  await writeFile(file, fixtureSupergraph({ voices: voices.url }));
  const { child, gateway } = await startProcess(file, { HUB_SUBGRAPH_URL_DIRECTORY: directory.url });
  expect((await fetch(`${gateway.url}/readiness`)).status).toBe(200);
  expect((await ask(gateway, '{ testimonies { title } }')).data).toMatchObject({ testimonies: [{}, {}, {}] });

  const inFlight = ask(gateway, '{ site(id: "SITE-1") { name } }');
  await sleep(300);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await sleep(300);
  open();
  expect(await inFlight).toEqual({ status: 200, data: { site: { name: 'Arras' } } });
  expect((await ended)[0]).toBe(0);
});
