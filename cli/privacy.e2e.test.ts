import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseSecretKeys } from '../kernel/secret-keys.ts';
import {
  clearAuthors,
  PERSONAL,
  pools,
  seedAuthors,
} from '../subgraphs/testimonies/contact/fixtures/authors.ts';
import { dump, traces } from '../subgraphs/testimonies/contact/fixtures/dump.ts';
import { keySetting, keysOf } from '../subgraphs/testimonies/contact/fixtures/keys.ts';
import { openVault } from '../subgraphs/testimonies/contact/vault.ts';
import { testDatabase } from '../test/kit/database.ts';

const database = await testDatabase();
const { agent, owners } = pools(database);
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

beforeEach(() => seedAuthors(owners.testimonies, agent, openVault(keysOf('old'))));
afterEach(() => clearAuthors(owners));

/** Runs `hub privacy …` as a process that says all it can; nothing personal and no key ever comes out of it. */
async function privacy(words: readonly string[], keys: readonly string[], input = '') {
  const environment = {
    PATH: process.env.PATH,
    LOG_LEVEL: 'trace',
    DATABASE_URL: database.url,
    HUB_CONTACT_KEYS: keys.map(keySetting).join(','),
  };
  const child = spawn(process.execPath, [MAIN, 'privacy', ...words], { env: environment });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  child.stdin.on('error', () => undefined).end(input);
  const [code] = await once(child, 'close');
  const secrets = keys.flatMap((id) => keySetting(id).split(':').slice(1));
  expect(traces([said.out, said.err], [...PERSONAL, 'exemple.fr', ...secrets])).toEqual([]);
  return { code, ...said };
}

test('an author is erased by the address on the standard input', async () => {
  const first = await privacy(['erase', '--email-stdin'], ['old'], 'Zoe.Quibble@exemple.fr\n');
  expect(first).toEqual({
    code: 0,
    out: 'Erased 2 contacts, 2 testimonies made anonymous: TEM-1 TEM-3.\n',
    err: '',
  });
  expect(traces(await dump(database.url), ['quibble', 'zorglub'])).toEqual([]);
  const again = await privacy(['erase', '--email-stdin'], ['old'], 'zoe.quibble@exemple.fr');
  expect(again).toEqual({ code: 0, out: 'Nothing to erase.\n', err: '' });
});

test('an author is erased by testimonies, without any key', async () => {
  expect(await privacy(['erase', '--testimony', 'TEM-2', 'TEM-404'], [])).toEqual({
    code: 0,
    out:
      'Erased 1 contact, 1 testimony made anonymous: TEM-2.\n' +
      'Not here, anonymous if imported later: TEM-404.\n',
    err: '',
  });
  expect(traces(await dump(database.url), ['kwyjibo'])).toEqual([]);
});

test('what of an author is not public goes as a whole', async () => {
  await sql`update testimonies.testimony set state = 'SUBMITTED', published_on = null where id = 'TEM-2'`.execute(
    owners.testimonies,
  );
  expect(await privacy(['erase', '--testimony', 'TEM-2'], [])).toEqual({
    code: 0,
    out: 'Erased 1 contact, 0 testimonies made anonymous.\nNot public, erased as a whole: TEM-2.\n',
    err: '',
  });
});

test('an erasure that cannot search everything says so, and fails', async () => {
  const { code, out } = await privacy(['erase', '--email-stdin'], ['new'], 'zoe.quibble@exemple.fr');
  expect(code).toBe(1);
  expect(out).toContain('3 contacts could not be searched, under a key that is not configured');
});

test.each([
  ['no address', ['erase', '--email-stdin'], ['old'], 'nonsense', 1, 'hub: "email" has not the form'],
  ['an empty input', ['erase', '--email-stdin'], ['old'], '', 1, 'hub: "email" has not the form'],
  ['no key', ['erase', '--email-stdin'], [], 'a@b.fr', 1, 'no key is configured: set HUB_CONTACT_KEYS'],
  ['no key to rotate to', ['rotate'], [], '', 1, 'no key is configured: set HUB_CONTACT_KEYS'],
  ['no testimony', ['erase', '--testimony', 'STR-1'], [], '', 1, 'hub: "testimonyId" has not the form'],
  ['nobody', ['erase'], [], '', 2, 'say one of --testimony, --email-stdin and --report'],
  ['both', ['erase', '--testimony', 'TEM-1', '--email-stdin'], [], '', 2, 'say one of'],
  ['no report', ['erase', '--report', 'TEM-1'], [], '', 1, 'hub: Expected the id of a report, REP-'],
  ['an address as an argument', ['erase', '--email', 'a@b.fr'], [], '', 2, "unknown option '--email'"],
])('%s is refused', async (_what, words, keys, input, code, message) => {
  const said = await privacy(words, keys, input);
  expect(said).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
});

test('keys are changed: status, rotate, and the older one can go', async () => {
  expect((await privacy(['status'], ['new', 'old'])).out).toBe(
    '3 contacts kept, 1 past their last day: npm run hub -- privacy purge\n' +
      '  key new: 0 contacts, encrypts\n' +
      '  key old: 3 contacts, decrypts: npm run hub -- privacy rotate\n',
  );
  expect((await privacy(['rotate'], ['new', 'old'])).out).toBe(
    'Encrypted 3 contacts again, under the first key.\n' +
      '  key new: 3 contacts, encrypts\n' +
      '  key old: 0 contacts, can be removed\n',
  );
  expect(await privacy(['status'], ['old'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('  key new: 3 contacts, not configured: nobody can read them\n'),
  });
  expect(await privacy(['status'], [])).toMatchObject({
    code: 1,
    out: expect.stringContaining(
      'No key is configured, contacts are refused: npm run hub -- privacy new-key\n',
    ),
  });
});

test('a purge says what it erased', async () => {
  const { code, out } = await privacy(['purge'], []);
  expect(code).toBe(0);
  expect(out).toContain(
    'Erased 1 contact past their last day, 1 testimony made anonymous, 0 records of access older than a year.\n' +
      'Erased 0 testimonies rejected long ago, 0 marks of a similar experience.\n',
  );
});

test('a new key is printed alone, ready for the setting', async () => {
  const { code, out, err } = await privacy(['new-key'], []);
  expect([code, err]).toEqual([0, '']);
  expect(parseSecretKeys(out)).toHaveLength(1);
});
