import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';
import { openIdentity } from '../../gateway/identity/identity.ts';
import { readConfig } from '../../kernel/config.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { seedDirectory } from '../../test/kit/directory.ts';
import { program } from '../program.ts';

const database = await testDatabase();
await seedDirectory(database);
const identity = await openIdentity({ databaseUrl: database.url, oidc: null });
afterAll(() => identity.close());

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ISSUER = 'https://idp.example.gouv.fr/';
const config = readConfig({ DATABASE_URL: database.url });

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a verb in this process: what it prints and its exit code. */
async function hub(...words: string[]): Promise<Ran> {
  const ran: Ran = { code: 0, stdout: '', stderr: '' };
  const catching = (to: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
    ran[to] += String(text);
    return true;
  };
  for (const to of ['stdout', 'stderr'] as const)
    vi.spyOn(process[to], 'write').mockImplementation(catching(to));
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  try {
    await (await program(config)).parseAsync(words, { from: 'user' });
    return { ...ran, code: Number(process.exitCode ?? 0) };
  } catch (error) {
    const exit = /^exit (\d)$/.exec(error instanceof Error ? error.message : '');
    if (exit === null) throw error;
    return { ...ran, code: Number(exit[1]) };
  } finally {
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

const create = (...args: string[]) => hub('key', 'create', '--label', 'Test', ...args);

test('a key is printed once, alone, works, is listed without its secret, and ends when revoked', async () => {
  const made = await hub(
    'key',
    'create',
    '--role',
    'NETWORK_HQ',
    '--network',
    'NET-caf',
    '--label',
    'Siège CNAF',
    '--expires',
    '2099-01-01',
    '--quota',
    '5000',
  );
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(/^hub_[a-z2-7]{12}_[A-Za-z0-9_-]{43}\n$/);
  const key = made.stdout.trim();
  const [, id = '', secret = 'none'] = /^hub_(.{12})_(.*)$/.exec(key) ?? [];
  expect(made.stderr).toContain(
    `Key ${id}, NETWORK_HQ of NET-caf, for « Siège CNAF », until 2099-01-01T00:00:00Z.`,
  );
  expect(made.stderr).not.toContain(secret);
  expect(await identity.identify(`Bearer ${key}`)).toMatchObject({
    viewer: { role: 'NETWORK_HQ', network: 'NET-caf', structure: null },
    dailyQuota: 5000,
  });

  const listed = await hub('key', 'list');
  expect(listed.stdout).toContain(`${id}  ACTIVE  NETWORK_HQ of NET-caf  « Siège CNAF »\n`);
  expect(listed.stdout).toContain('never used · 0 of 5000 requests today');
  expect(listed.stdout).not.toContain(secret);
  const json = await hub('key', 'list', '--json');
  expect(JSON.parse(json.stdout)).toContainEqual(
    expect.objectContaining({ id, state: 'ACTIVE', network: 'NET-caf' }),
  );
  expect(json.stdout).not.toContain(secret);

  expect(await hub('key', 'revoke', id)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Key ${id} is revoked`),
  });
  await expect
    .poll(() => identity.identify(`Bearer ${key}`).catch((error: unknown) => error), { timeout: 3000 })
    .toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await hub('key', 'revoke', id)).toMatchObject({
    code: 1,
    stderr: 'NOT_FOUND: No living key has this id.\n',
  });
  expect((await hub('key', 'list')).stdout).toContain(`${id}  REVOKED`);
});

test('the network of a local referent is that of its structure', async () => {
  const { stdout } = await create('--role', 'LOCAL_REFERENT', '--structure', 'STR-caf-62');
  expect(await identity.identify(`Bearer ${stdout.trim()}`)).toMatchObject({
    viewer: { role: 'LOCAL_REFERENT', network: 'NET-caf', structure: 'STR-caf-62' },
  });
});

test.each([
  [['--role', 'NETWORK_HQ'], 'NETWORK_HQ is bound to one network, and to no structure.'],
  [
    ['--role', 'SUPER_AGENT', '--network', 'NET-caf', '--structure', 'STR-caf-62'],
    'SUPER_AGENT is bound to one network',
  ],
  [['--role', 'LOCAL_REFERENT', '--network', 'NET-caf'], 'LOCAL_REFERENT is bound to one structure.'],
  [['--role', 'DITP', '--network', 'NET-caf'], 'DITP is bound to no network and no structure.'],
  [['--role', 'PUBLIC', '--structure', 'STR-caf-62'], 'PUBLIC is bound to no network and no structure.'],
  [['--role', 'NETWORK_HQ', '--network', 'NET-nowhere'], 'The directory knows no network NET-nowhere.'],
  [['--role', 'LOCAL_REFERENT', '--structure', 'STR-x'], 'The directory knows no structure STR-x.'],
  [
    ['--role', 'LOCAL_REFERENT', '--structure', 'STR-caf-62', '--network', 'NET-france-travail'],
    'STR-caf-62 belongs to NET-caf, not to NET-france-travail.',
  ],
])('a key is refused that does not fit: %j', async (args, message) => {
  const refused = await create(...args);
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`BAD_USER_INPUT: ${message}`),
  });
});

test.each([
  [['--role', 'KING'], 'Allowed choices are PUBLIC'],
  [[], "required option '--role <role>'"],
  [['--role', 'PUBLIC', '--expires', '2020-01-01'], 'a day that is to come'],
  [['--role', 'PUBLIC', '--expires', '2099-02-31'], 'Expected a day, 2027-01-01'],
  [['--role', 'PUBLIC', '--expires', 'tomorrow'], 'Expected a day, 2027-01-01'],
  [['--role', 'PUBLIC', '--quota', '0'], 'Expected a whole number from 1.'],
  [['--role', 'PUBLIC', '--quota', '1e3'], 'Expected a whole number from 1.'],
  [['--role', 'PUBLIC', '--label', '\u001b[2J'], 'plain characters'],
  [['--role', 'PUBLIC', '--label', ' '], 'plain characters'],
])('a key that is asked for wrongly is not made: %j', async (args, message) => {
  expect(await create(...args)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('a member is granted, listed under the name that the audit tells, and revoked', async () => {
  const person = ['--issuer', ISSUER, '--subject', 'marie'];
  const granted = await hub(
    'member',
    'grant',
    ...person,
    '--role',
    'SUPER_AGENT',
    '--network',
    'NET-caf',
    '--label',
    'Marie',
  );
  expect(granted).toMatchObject({ code: 0, stderr: '' });
  const [, id = ''] = /^(person:\S{22}) is now SUPER_AGENT of NET-caf\.\n$/.exec(granted.stdout) ?? [];
  const { stdout } = await hub('member', 'list');
  expect(stdout).toContain(
    `${id}  ACTIVE  SUPER_AGENT of NET-caf  « Marie »\n    marie at ${ISSUER} · granted`,
  );
  expect(await hub('member', 'revoke', ...person)).toMatchObject({
    code: 0,
    stdout: `${id} has no role any more; running hubs know within two seconds.\n`,
  });
  expect(await hub('member', 'revoke', ...person)).toMatchObject({
    code: 1,
    stderr: 'NOT_FOUND: This person has no role.\n',
  });
  expect(JSON.parse((await hub('member', 'list', '--json')).stdout)).toEqual([
    expect.objectContaining({ id, subject: 'marie', revokedAt: expect.any(String) }),
  ]);
});

test.each([
  [['--issuer', ISSUER, '--subject', 'x', '--role', 'PUBLIC'], 2, 'Allowed choices are ANALYST'],
  [['--subject', 'x', '--role', 'DITP'], 2, "required option '--issuer <url>'"],
  [['--issuer', ISSUER, '--role', 'DITP'], 2, "required option '--subject <text>'"],
  [['--issuer', ISSUER, '--subject', 'x', '--role', 'NETWORK_HQ'], 1, 'bound to one network'],
])('a member is not granted: %j', async (args, code, message) => {
  expect(await hub('member', 'grant', '--label', 'X', ...args)).toMatchObject({
    code,
    stderr: expect.stringContaining(message),
  });
});

test('as a process of its own, the key is all that standard output holds', async () => {
  const args = ['key', 'create', '--role', 'PUBLIC', '--label', 'Portail'];
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url };
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
  expect(await identity.identify(`Bearer ${stdout.slice(0, -1)}`)).toMatchObject({
    viewer: { role: 'PUBLIC' },
  });
});

test('on a database without the tables it says what to run', async () => {
  const empty = await testDatabase({ template: 'empty' });
  const env = { PATH: process.env.PATH, DATABASE_URL: empty.url };
  const failed = promisify(execFile)(process.execPath, [MAIN, 'key', 'list'], { env });
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('run npm run hub -- migrate'),
  });
});
