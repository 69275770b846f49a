import { createHash, createSecretKey, randomUUID } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileSettings, S3Settings } from '../../../../kernel/file-settings.ts';
import { isFileId, openStore } from './store.ts';

const root = await mkdtemp(join(tmpdir(), 'hub-store-'));
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(root, 's3'),
  configureBuckets: [{ name: 'hub-files', configs: [] }],
});
await mkdir(join(root, 's3'));
const { port } = await server.run();
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const folder = join(root, 'files');
const s3: S3Settings = {
  endpoint: `http://127.0.0.1:${port}`,
  bucket: 'hub-files',
  region: 'us-east-1',
  accessKeyId: 'S3RVER',
  secretAccessKey: createSecretKey('S3RVER', 'utf8'),
};
const settings = (changes: Partial<FileSettings>): FileSettings => ({
  limit: 10_000_000,
  folder,
  s3: null,
  keptDays: 365,
  ...changes,
});

/** A file as it has come. */
async function received(bytes: Buffer) {
  const path = join(root, randomUUID());
  await writeFile(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, type: 'application/pdf', bytes: bytes.length, sha256 };
}
const newId = () => `FILE-${randomUUID()}`;

describe.each([
  ['a folder', settings({})],
  ['an object store', settings({ s3 })],
  ['an object store with a slash at its end', settings({ s3: { ...s3, endpoint: `${s3.endpoint}/` } })],
])('%s', (_name, chosen) => {
  const store = openStore(chosen);
  const read = async (id: string) => {
    const body = await store.get(id);
    return body === null ? null : buffer(body);
  };

  test('gives back what it was given, byte by byte', async () => {
    for (const size of [1, 70_000, 3_000_000]) {
      const bytes = Buffer.alloc(size, `${size}é\0`);
      const id = newId();
      const file = await received(bytes);
      await store.put(id, file);
      expect((await read(id))?.equals(bytes)).toBe(true);
      expect(existsSync(file.path)).toBe(false);
    }
  });

  test('knows nothing of what it was not given, or has removed', async () => {
    const id = newId();
    expect(await read(id)).toBeNull();
    await store.put(id, await received(Buffer.from('x')));
    await store.remove(id);
    expect(await read(id)).toBeNull();
    await store.remove(id);
    await store.remove(newId());
  });

  test('keeps files apart', async () => {
    const [one, two] = [newId(), newId()];
    await store.put(one, await received(Buffer.from('one')));
    await store.put(two, await received(Buffer.from('two')));
    await store.remove(one);
    expect((await read(two))?.toString()).toBe('two');
  });

  test('says that it cannot take a file that is not there', async () => {
    const id = newId();
    const file = await received(Buffer.from('x'));
    await rm(file.path);
    await expect(store.put(id, file)).rejects.toThrow();
    expect(await read(id)).toBeNull();
  });
});

test('files of a folder are their owner’s alone, under their ids', async () => {
  const id = newId();
  const file = await received(Buffer.from('x'));
  await openStore(settings({})).put(id, file);
  expect(globSync(`${folder}/*/${id}`)).toEqual([join(folder, id.slice(5, 7), id)]);
  expect((await stat(join(folder, id.slice(5, 7)))).isDirectory()).toBe(true);
});

test.each([
  ['that is away', { endpoint: 'http://127.0.0.1:9' }],
  ['without the bucket', { bucket: 'another' }],
])('an object store %s is a source that is not available', async (_case, changes) => {
  const store = openStore(settings({ s3: { ...s3, ...changes } }));
  const file = await received(Buffer.from('x'));
  await expect(store.put(newId(), file)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test.each(['', 'FILE-', '../../etc/passwd', 'FILE-../x', `${'FILE-'}${randomUUID()}/..`, 'FILE-\0'])(
  '%j is no id of a file',
  (text) => {
    expect(isFileId(text)).toBe(false);
  },
);
