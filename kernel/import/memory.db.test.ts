import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { toyDatabase } from './toy/database.ts';

const { url } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-memory-'));
afterAll(() => rm(folder, { recursive: true }));

/** 200 MB of rows, most of it in a column that no one uses: memory must depend on neither. */
function* rows(): Generator<string> {
  yield 'Code du résultat;Code structure;Valeur;Libellé;Note\n';
  const note = 'Une note assez longue. '.repeat(175);
  for (let block = 0; block < 500; block += 1) {
    yield Array.from({ length: 100 }, (_, at) => `R${block}-${at};S1;${at},5;n° ${block};${note}\n`).join('');
  }
}

test('a large file streams under 300 MB of memory', async () => {
  const path = join(folder, 'large.csv');
  await pipeline(Readable.from(rows()), createWriteStream(path));
  const script = fileURLToPath(new URL('./toy/import-and-measure.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, path]);
  const { read, accepted, peakMiB } = JSON.parse(stdout);
  expect({ read, accepted }).toEqual({ read: 50_000, accepted: 50_000 });
  expect(peakMiB).toBeLessThan(286); // 300 MB
}, 120_000);
