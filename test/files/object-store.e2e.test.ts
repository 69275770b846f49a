import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, expect, test } from 'vitest';
import { SAMPLES } from '../../subgraphs/simplification/file/fixtures/samples.ts';
import { filesWorld, LIMIT } from './world.ts';

const directory = await mkdtemp(join(tmpdir(), 'hub-s3-'));
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory,
  configureBuckets: [{ name: 'hub-files', configs: [] }],
});
await mkdir(directory, { recursive: true });
const { port } = await server.run();
let open = true;
const stop = async () => {
  if (open) await server.close();
  open = false;
};
afterAll(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

const { data, keys, put, get, report } = await filesWorld('in process', {
  HUB_FILES_S3_ENDPOINT: `http://127.0.0.1:${port}`,
  HUB_FILES_S3_BUCKET: 'hub-files',
  HUB_FILES_S3_ACCESS_KEY_ID: 'S3RVER',
  HUB_FILES_S3_SECRET_ACCESS_KEY: 'S3RVER',
});
const PNG = SAMPLES['image/png'];
const local = () =>
  globSync(`${data}/files/**/*`, { withFileTypes: true }).filter((entry) => entry.isFile()).length;

test('files go to the object store and come from it; none stays on this machine', async () => {
  const { status, body } = await put(PNG, keys.partner);
  expect(status).toBe(201);
  expect(local()).toBe(0);
  expect(globSync(`${directory}/hub-files/*`).some((path) => path.includes(body.id))).toBe(true);
  expect((await report({ files: [body.id] }, keys.partner)).data.reportDocument.receipt).not.toBeNull();
  const response = await get(body.id, keys.headquarters);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
  expect((await get(body.id, keys.elsewhere)).status).toBe(404);
});

test('one over the limit never comes there', async () => {
  const before = globSync(`${directory}/hub-files/*`).length;
  expect((await put(Buffer.alloc(LIMIT + 1, 'a'), keys.partner)).status).toBe(413);
  expect(globSync(`${directory}/hub-files/*`).length).toBe(before);
});

test('while the object store is away, a file is refused for the moment, and nothing of it stays', async () => {
  const { body } = await put(PNG, keys.partner);
  await stop();
  const refused = await put(PNG, keys.partner);
  expect(refused.status).toBe(503);
  expect(refused.body.errors).toMatchObject([{ extensions: { code: 'SOURCE_UNAVAILABLE' } }]);
  expect(JSON.stringify(refused.body)).not.toMatch(/127\.0|S3RVER|bucket|hub-files/);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(local()).toBe(0);
  expect((await get(body.id, keys.partner)).status).toBe(503);
});
