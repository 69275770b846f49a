import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../kit/database.ts';
import { createKey } from '../kit/keys.ts';

const database = await testDatabase();
const key = await createKey(database.url, { role: 'PUBLIC' });
const data = await mkdtemp(join(tmpdir(), 'hub-memory-'));
afterAll(() => rm(data, { recursive: true }));
const SCRIPT = fileURLToPath(new URL('upload-memory.ts', import.meta.url));

/** Four times the usual limit: were it held, it would show. */
const SIZE = 40_000_000;

test.each(['together', 'apart'])(
  'a large file is never held whole (%s)',
  async (mode) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', SCRIPT, mode, String(SIZE), key],
      {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: database.url,
          HUB_DATA_DIR: data,
          HUB_FILE_LIMIT: String(SIZE),
          LOG_LEVEL: 'error',
        },
      },
    );
    const { answer, grown, left } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(answer).toMatchObject({ type: 'text/plain', bytes: SIZE });
    expect(left).toBe(0);
    expect(grown).toBeLessThan(SIZE / 2);
  },
  120_000,
);
