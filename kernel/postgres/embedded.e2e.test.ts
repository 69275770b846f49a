import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded.ts';
import { isServing, readPostmaster, stopServer } from './postmaster.ts';

const HOLD = fileURLToPath(new URL('../../test/kit/hold-postgres.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

let folder: string;
let dataDir: string;
let data: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-launcher-'));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'hub');
  data = join(dataDir, 'cluster', 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const server = readPostmaster(data);
  if (server && isServing(server.pid, data)) await stopServer(server.pid, data);
  rmSync(folder, { recursive: true, force: true });
});

const start = (options: { log?: (message: string) => void } = {}) =>
  startEmbeddedPostgres({ dataDir, durable: false, ...options });

/** Another process using the database, from when it has it. */
async function hold(...words: ('crash' | 'durable')[]) {
  const child = spawn(process.execPath, [HOLD, dataDir, ...words], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, owned }: { url: string; owned: boolean } = JSON.parse(String(line));
  const ended = once(child, 'exit');
  return {
    url,
    owned,
    end: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows }: { rows: unknown[] } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

/** Number of the living server of the folder. */
function serverPid(): number | undefined {
  const server = readPostmaster(data);
  return server && isServing(server.pid, data) ? server.pid : undefined;
}

test('the first start makes a database that the second one finds again', async () => {
  const first = await start();
  expect(first.owned).toBe(true);
  await query(first.url, `create table kept as select 'still here' as text`);
  const settings = `select current_setting('server_encoding') as encoding, lower('ÉVRY') as lower,
    rolsuper as super from pg_roles where rolname = current_user`;
  expect(await query(first.url, settings)).toEqual([{ encoding: 'UTF8', lower: 'évry', super: false }]);
  expect(statSync(join(dataDir, 'cluster', 'password')).mode & 0o777).toBe(0o600);
  const guess = Object.assign(new URL(first.url), { password: 'guess' });
  await expect(query(guess.href, 'select 1')).rejects.toThrow('password authentication failed');
  await first.stop();
  await first.stop();
  expect(serverPid()).toBeUndefined();

  const second = await start();
  expect(await query(second.url, 'select text from kept')).toEqual([{ text: 'still here' }]);
  await second.stop();
  expect(serverPid()).toBeUndefined();
});

test('a server left behind by a killed process is joined, and stopped by the next one', async () => {
  const killed = await hold();
  await killed.kill();
  const left = serverPid();
  expect(left).toBeDefined();

  const next = await start();
  expect(next).toMatchObject({ owned: false, url: killed.url });
  expect(serverPid()).toBe(left);
  await next.stop();
  expect(serverPid()).toBeUndefined();
});

test('a crashed process leaves no server behind', async () => {
  const crashing = await hold('crash');
  expect(serverPid()).toBeDefined();
  await crashing.end();
  await expect.poll(serverPid, { timeout: 10_000 }).toBeUndefined();
});

test('processes share one server, the last one out stops it', async () => {
  const both = await Promise.all([hold(), hold()]);
  expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
  expect(both[0].url).toBe(both[1].url);
  await both.find(({ owned }) => owned)?.end();
  expect(await query(both[0].url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await both.find(({ owned }) => !owned)?.end();
  expect(serverPid()).toBeUndefined();
});

test('a server killed with its data committed starts again', async () => {
  const holder = await hold('durable');
  await query(holder.url, 'create table kept as select 1 as one');
  const pid = serverPid();
  process.kill(pid ?? 0, 'SIGKILL');
  await holder.kill();
  expect(readPostmaster(data)?.pid).toBe(pid);

  const next = await start();
  expect(next.owned).toBe(true);
  expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
  await next.stop();
});

test('a stale process number that another program has taken does not stop the start', async () => {
  await (await start()).stop();
  // Of the same user, else PostgreSQL sees by itself that it cannot be a server of its own.
  const { uid } = statSync(data);
  const bystander = spawn('sleep', ['60'], isRoot ? { uid } : {});
  children.push(bystander);
  const file = join(data, 'postmaster.pid');
  writeFileSync(
    file,
    `${bystander.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n  1234567         0\nready   \n`,
  );
  const next = await start();
  expect(next.owned).toBe(true);
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.stop();
  expect(bystander.exitCode).toBeNull();
});

test('a first start killed half-way is begun again', async () => {
  const child = spawn(process.execPath, [HOLD, dataDir], { stdio: 'ignore' });
  children.push(child);
  const half = () =>
    existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith('cluster.new-'));
  await expect.poll(half, { timeout: 20_000, interval: 5 }).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(dataDir, 'starting.lock'))).toBe(true);
  expect(existsSync(data)).toBe(false);

  const next = await start();
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.stop();
  expect(readdirSync(dataDir)).toEqual(['cluster']);
});

test('a database that cannot start says so, with the end of its log', async () => {
  await (await start()).stop();
  rmSync(join(data, 'global', 'pg_control'));
  await expect(start()).rejects.toThrow(
    /PostgreSQL did not start in .*\n.*could not find the database system/s,
  );
  expect(existsSync(join(dataDir, 'starting.lock'))).toBe(false);
});

test('a data folder that cannot be made is named', async () => {
  writeFileSync(dataDir, 'a file is in the way');
  await expect(start()).rejects.toThrow(`The data folder ${dataDir} cannot be written to`);
});

test.each([
  ['a file in its place', () => writeFileSync(dataDir, ''), () => dataDir, /EEXIST/],
  ['a file above it', () => writeFileSync(dataDir, ''), () => join(dataDir, 'postgres'), /ENOTDIR/],
  ['a place where no folder can be made', () => undefined, () => '/proc/x/postgres', /ENOENT|ENOTDIR|EACCES/],
])('a data folder with %s is refused at once, in words', async (_what, prepare, place, reason) => {
  prepare();
  const starting = startEmbeddedPostgres({ dataDir: place(), durable: false });
  await expect(starting).rejects.toThrow(/^The data folder .* cannot be written to .*HUB_DATA_DIR/);
  await expect(startEmbeddedPostgres({ dataDir: place(), durable: false })).rejects.toThrow(reason);
});

test.runIf(isRoot)(
  'root in a folder that PostgreSQL cannot reach keeps the data elsewhere and says so',
  async () => {
    chmodSync(folder, 0o700);
    const said: string[] = [];
    const first = await start({ log: (message) => said.push(message) });
    const note = readFileSync(join(dataDir, 'DATABASE-IS-ELSEWHERE.txt'), 'utf8');
    const home = note.split('\n')[0] ?? '';
    expect(said.join('\n')).toContain(home);
    await query(first.url, 'create table kept as select 1 as one');
    await first.stop();

    const second = await start();
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(dirname(home)).toMatch(/services-publics-plus-hub$/);
    rmSync(home, { recursive: true });
  },
);

test.runIf(isRoot)('root continues the database of another user as that user', async () => {
  await (await start()).stop();
  spawnSync('chown', ['-R', '65534:65534', join(dataDir, 'cluster')]);
  const next = await start();
  expect(statSync(join(data, 'postmaster.pid')).uid).toBe(65_534);
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.stop();
});
