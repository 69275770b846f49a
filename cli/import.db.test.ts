import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import type { Feed } from '../kernel/import/feed.ts';
import { toyDatabase } from '../kernel/import/toy/database.ts';
import { toyResults } from '../kernel/import/toy/results.ts';
import { importCommand } from './import.ts';
import type { ImportSetup } from './import-setup.ts';
import { importsCommand } from './imports.ts';

const { url, owner, reset, stored, journal } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-cli-'));
afterAll(() => rm(folder, { recursive: true }));

const refreshed: string[] = [];
const closed: string[] = [];
const feed: Feed = { ...toyResults, touchesDirectory: true };
const brought = {
  name: 'toy-brought',
  open: async (folderOfFiles = 'the hub') => ({
    name: `made of ${folderOfFiles}`,
    stream: Readable.from(['Code du résultat;Code structure;Valeur\nR1;S1;1']),
  }),
};
const setup: ImportSetup = {
  feeds: new Map([feed, { ...feed, name: brought.name }].map((each) => [each.name, each])),
  undoable: new Map([[feed.name, feed]]),
  connect: async () => ({ databaseUrl: url, close: async () => void closed.push('closed') }),
  refreshes: [async (databaseUrl) => void refreshed.push(databaseUrl)],
  brought: new Map([[brought.name, brought.open]]),
};
const config = readConfig({});

beforeEach(async () => {
  await reset();
  refreshed.length = 0;
  closed.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs a command line in this process: what it prints and its exit code. */
async function hub(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const catching = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    written[to] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(catching('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(catching('err'));
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const [verb, ...rest] = words;
  const command = verb === 'import' ? importCommand(config, setup) : importsCommand(config, setup);
  try {
    await command.parseAsync(rest, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...written };
  } catch (error) {
    const exit = /^exit (\d)$/.exec(error instanceof Error ? error.message : '');
    if (exit === null) throw error;
    return { code: Number(exit[1]), ...written };
  } finally {
    vi.restoreAllMocks();
  }
}

async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ['Code du résultat;Code structure;Valeur', ...rows].join('\n'));
  return path;
}

test('a good file: exit 0, refreshes run, the database is let go; again: already imported', async () => {
  const path = await file('a.csv', 'R1;S1;1');
  const first = await hub(
    'import',
    'toy-results',
    path,
    '--source',
    'CAF',
    '--published-on',
    '30/10/2023',
    '--option',
    'period=2023',
  );
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^toy-results · a\.csv: published as number 1 \(import [0-9a-f-]{36}\)\n {2}1 row read: 1 good/,
  );
  expect(refreshed).toEqual([url]);
  expect(closed).toEqual(['closed']);
  const again = await hub('import', 'toy-results', path, '--period', '2023');
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringMatching(/a\.csv: already imported on 20.*nothing to do\n$/),
  });
  expect(refreshed).toHaveLength(1);
});

test('a file with rejects: exit 1 and a rejects file; a dry run changes nothing; accepting publishes', async () => {
  const path = await file('b.csv', 'R1;S1;n.d.', 'R2;S1;2');
  const refused = await hub('import', 'toy-results', path, '--rejects-dir', folder);
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('line 2, Valeur: expected a number such as 78,5 (found « n.d. »)');
  expect(await readFile(join(folder, 'b.rejects.csv'), 'utf8')).toContain('R1;S1;n.d.');
  expect(refreshed).toEqual([]);
  const dry = await hub(
    'import',
    'toy-results',
    path,
    '--rejects-dir',
    folder,
    '--accept-rejects',
    '--dry-run',
  );
  expect(dry).toMatchObject({
    code: 0,
    out: expect.stringContaining('would be published (dry run, nothing was changed)'),
  });
  expect(await stored()).toEqual([]);
  const accepted = await hub(
    'import',
    'toy-results',
    path,
    '--rejects-dir',
    folder,
    '--accept-rejects',
    '--json',
  );
  expect(JSON.parse(accepted.out)).toMatchObject({
    state: 'PUBLISHED',
    counts: { rejected: 1, accepted: 1 },
  });
});

test.each([
  [
    'an unknown feed',
    ['import', 'nothing', 'x.csv'],
    /unknown feed "nothing", expected one of: toy-results, toy-brought/,
  ],
  ['no file named', ['import', 'toy-results'], /a file is needed/],
  [
    'a file that is not there',
    ['import', 'toy-results', '/nowhere/x.csv'],
    /no such file: \/nowhere\/x\.csv/,
  ],
  [
    'an unknown option of the feed',
    ['import', 'toy-results', 'package.json', '--network', 'caf'],
    /toy-results has no option "network"/,
  ],
  [
    'a day that does not exist',
    ['import', 'toy-results', 'x.csv', '--published-on', '2023-02-30'],
    /Expected a day/,
  ],
  ['an unknown flag', ['import', 'toy-results', 'x.csv', '--yes'], /unknown option '--yes'/],
  ['a beginning of an id too short', ['imports', 'rollback', 'ab12cd3'], /first 8 characters/],
  ['a limit that is no number', ['imports', 'list', '--limit', 'all'], /Expected a whole number/],
])('%s: exit 2', async (_what, words, message) => {
  const { code, out, err } = await hub(...words);
  expect(code).toBe(2);
  expect(out + err).toMatch(message);
  expect(await journal()).toEqual([]);
});

test('a feed that the hub brings needs no file, or takes a folder', async () => {
  const bare = await hub('import', 'toy-brought');
  expect(bare).toMatchObject({ code: 0, out: expect.stringContaining('made of the hub: published') });
  const other = await hub('import', 'toy-brought', folder, '--force', '--json');
  expect(JSON.parse(other.out)).toMatchObject({
    state: 'PUBLISHED',
    fileName: expect.stringMatching(/^hub-cli-/),
  });
  expect((await hub('import', 'toy-results', folder)).out).toMatch(/NOT_A_FILE/);
});

test('imports are listed and undone; a conflict or an unknown id: exit 1', async () => {
  const ids: string[] = [];
  for (const value of ['1', '2']) {
    const { out } = await hub(
      'import',
      'toy-results',
      await file(`v${value}.csv`, `R1;S1;${value}`),
      '--json',
    );
    ids.push(String(JSON.parse(out).importId));
  }
  const list = await hub('imports', 'list');
  expect(list.out).toMatch(
    /toy-results PUBLISHED as number 2\n {4}v2\.csv .*\n.*toy-results PUBLISHED as number 1\n {4}v1\.csv/,
  );
  expect(JSON.parse((await hub('imports', 'list', '--json', '--limit', '1')).out)).toMatchObject([
    { file_name: 'v2.csv' },
  ]);
  expect(await hub('imports', 'rollback', ids[0] ?? '')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^CONFLICT: a later import/),
  });
  expect(await hub('imports', 'rollback', 'ffffffff')).toMatchObject({
    code: 1,
    err: 'no import begins with ffffffff\n',
  });
  refreshed.length = 0;
  expect(await hub('imports', 'rollback', ids[1] ?? '')).toMatchObject({
    code: 0,
    out: 'toy-results · v2.csv: undone, published as number 3\n',
  });
  expect(refreshed).toEqual([url]);
  expect(await stored()).toMatchObject([{ value: '1' }]);
});

test('an id that several imports begin with undoes none of them, and names them', async () => {
  const { out } = await hub('import', 'toy-results', await file('one.csv', 'R1;S1;1'), '--json');
  const id = String(JSON.parse(out).importId);
  const other = `${id.slice(0, 12)}${id[12] === '0' ? '1' : '0'}${id.slice(13)}`;
  await sql`
    insert into toy.import (id, feed, scope, file_name, sha256, bytes, state)
    values (${other}, 'toy-results', 'all', 'other.csv', '', 0, 'FAILED')`.execute(owner);
  const refused = await hub('imports', 'rollback', id.slice(0, 10));
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain(`several imports begin with ${id.slice(0, 10)}`);
  for (const each of [id, other, 'one.csv', 'other.csv']) expect(refused.err).toContain(each);
  expect(await stored()).toHaveLength(1);
  expect(await hub('imports', 'rollback', id.slice(0, 13))).toMatchObject({ code: 0 });
});

test('paths are those of the folder where the command was typed, not of the project', async () => {
  await file('typed.csv', 'R1;S1;n.d.', 'R2;S1;1');
  vi.stubEnv('INIT_CWD', folder);
  const refused = await hub('import', 'toy-results', 'typed.csv', '--rejects-dir', 'rejects');
  expect(refused.out).toContain('Rejected and quarantined rows: rejects/typed.rejects.csv\n');
  expect(await readFile(join(folder, 'rejects', 'typed.rejects.csv'), 'utf8')).toContain('R1;S1;n.d.');
  expect((await hub('import', 'toy-results', 'package.json')).code).toBe(2);
});
