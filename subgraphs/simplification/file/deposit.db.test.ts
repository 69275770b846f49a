import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { deposit } from './deposit.ts';
import { folderStore } from './store/folder.ts';

const owner = (await testDatabase()).connect<SimplificationDatabase>('simplification', 'owner');
const root = await mkdtemp(join(tmpdir(), 'hub-deposit-'));
afterAll(() => rm(root, { recursive: true }));
const tools = { owner, store: folderStore(root), incoming: join(root, 'incoming') };

const send = (subject: string, body: Readable = Readable.from([Buffer.from('Bonjour')])) =>
  deposit(
    {
      viewer: { ...ANONYMOUS, subject },
      requestId: 'deposit-0001',
      params: {},
      query: new URLSearchParams(),
      headers: { contentType: null, contentLength: null, ifNoneMatch: null },
      body,
      signal: new AbortController().signal,
    },
    tools,
  );

test('files that are attached count for a day: attaching them does not make room for more', async () => {
  await insertRows(owner, 'simplification.report', [
    { network_id: 'NET-caf', id: 'REP-1', kind: 'LETTER', status: 'RECEIVED', received_on: '2026-11-22' },
  ]);
  const known = { type: 'text/plain', bytes: 1_000_000_000, sha256: 'x', deposited_by: 'key:full' };
  await insertRows(owner, 'simplification.file', [
    { id: `FILE-${randomUUID()}`, ...known, network_id: 'NET-caf', report_id: 'REP-1', rank: 1 },
  ]);
  await expect(send('key:full')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(await send('key:other')).toMatchObject({ status: 201 });
  await sql`update simplification.file set deposited_at = now() - interval '25 hours'`.execute(owner);
  expect(await send('key:full')).toMatchObject({ status: 201 });
});

test('one depositor sends a few files at once, and again when they have come', async () => {
  const bodies = Array.from({ length: 10 }, () => new PassThrough());
  const coming = bodies.map((body) => send('key:many', body));
  await expect(send('key:many')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(await send('key:other')).toMatchObject({ status: 201 });
  for (const body of bodies) body.end('Bonjour');
  expect((await Promise.all(coming)).map(({ status }) => status)).toEqual(bodies.map(() => 201));
  expect(await send('key:many')).toMatchObject({ status: 201 });
});
