import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FIRST_QUERIES } from '../cli/banner.ts';
import { elsewhere } from '../kernel/postgres/home.ts';
import { ask } from './kit/hub.ts';
import { runHub } from './kit/processes.ts';

const folder = await mkdtemp(join(tmpdir(), 'hub-start-'));
/** As root the databases are kept outside of the folder, which only root may enter. */
afterAll(async () => {
  const databases = ['data', 'real'].map((name) => elsewhere(join(folder, name, 'postgres')));
  for (const path of [...databases, folder]) if (path) await rm(path, { recursive: true, force: true });
});

const environment = { PORT: '0', HUB_DATA_DIR: join(folder, 'data') };
const READY = /Explore\s+(\S+?)\/\s/;

/** A first run loads everything, so it may take a minute on a busy machine; nothing here asserts a time. */
test('first run, queries of the first screen, commands beside it, Ctrl-C, second run, kill', {
  timeout: 300_000,
}, async () => {
  const first = runHub(['start'], environment);
  const url = (await first.printed(READY))[1] ?? '';
  const said = first.output();
  expect(said).toMatch(/annuaire-programme\.json\.gz: 9,\d{3} rows/);
  expect(said).toContain(`${url}/graphql`);
  expect(FIRST_QUERIES.length).toBe(3);
  for (const { query } of FIRST_QUERIES) {
    expect(said).toContain(query);
    const { errors, data } = await ask(url, query);
    expect(errors).toBeUndefined();
    expect(Object.values(data)[0]).not.toBeNull();
  }

  const list = runHub(['imports', 'list', '--limit', '100'], environment);
  expect(await list.printed(/annuaire-programme/)).toBeTruthy();
  expect(await list.end('SIGCONT')).toBe(0);
  // The command joined the running database and left it running.
  expect((await ask(url, '{ territory(id: "FR") { name } }')).data).toEqual({
    territory: { name: 'France' },
  });

  expect(await first.end('SIGINT')).toBe(0);
  await expect(fetch(`${url}/healthcheck`)).rejects.toThrow();

  const second = runHub(['start'], environment);
  const again = (await second.printed(READY))[1] ?? '';
  expect(second.output()).not.toMatch(/rows \(/);
  expect((await ask(again, FIRST_QUERIES[0]?.query ?? '')).errors).toBeUndefined();
  expect(await second.end('SIGKILL')).toBe('SIGKILL');

  // Killed without a word: the data folder is as good as before.
  const third = runHub(['start'], environment);
  const last = (await third.printed(READY))[1] ?? '';
  expect((await ask(last, FIRST_QUERIES[1]?.query ?? '')).data).toMatchObject({ transparency: { rate: 75 } });
  expect(await third.end('SIGTERM')).toBe(0);
  expect(existsSync(join(folder, 'data'))).toBe(true);
});

test('HUB_DEMO=off starts on real data only', { timeout: 300_000 }, async () => {
  const hub = runHub(['start'], { PORT: '0', HUB_DATA_DIR: join(folder, 'real'), HUB_DEMO: 'off' });
  const url = (await hub.printed(READY))[1] ?? '';
  expect(hub.output()).not.toMatch(/demonstration-/);
  const { data } = await ask(
    url,
    '{ network(id: "NET-caf") { figure(indicator: "IND-SATISFACTION", territory: "FR") { value } } transparency(territory: "DEP-62", period: "2022") { rate } }',
  );
  expect(data).toEqual({ network: { figure: null }, transparency: { rate: 75 } });
  expect(await hub.end('SIGINT')).toBe(0);
});

test('wrong settings are named, and nothing starts', async () => {
  const hub = runHub(['start'], { PORT: 'many', DATABASE_URL: 'mysql://u:hunter2@host/db' });
  await hub.printed(/PORT[\s\S]*DATABASE_URL/);
  expect(await hub.end('SIGCONT')).toBe(1);
  expect(hub.output()).not.toContain('hunter2');
});
