import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { EncodingDetector } from './encoding.ts';
import { inspect, openText } from './inspect.ts';
import { collect } from './toy/collect.ts';

const folder = await mkdtemp(join(tmpdir(), 'hub-inspect-'));
afterAll(() => rm(folder, { recursive: true }));

async function file(content: Buffer | string): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return path;
}
const textOf = async (path: string) =>
  Buffer.concat(await collect(openText(await inspect(path)))).toString('utf8');

const ACCENTS = 'Libellé;Été « à l’œuvre »\n'.repeat(20_000);

test.each([
  ['UTF-8', Buffer.from(ACCENTS), { encoding: 'utf-8', bom: false }],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${ACCENTS}`), { encoding: 'utf-8', bom: true }],
  [
    'windows-1252',
    Buffer.from(ACCENTS.replaceAll('’', '\x92').replaceAll('œ', '\x9c'), 'latin1'),
    { encoding: 'windows-1252' },
  ],
  ['gzip', gzipSync(ACCENTS), { encoding: 'utf-8', gzip: true }],
  [
    'gzip in two parts',
    Buffer.concat([gzipSync(ACCENTS.slice(0, 1000)), gzipSync(ACCENTS.slice(1000))]),
    { gzip: true },
  ],
])('%s is recognised and read as the same text', async (_what, content, facts) => {
  const path = await file(content);
  expect(await inspect(path)).toMatchObject({
    ...facts,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    head: expect.stringMatching(/^Libellé;Été « à l’œuvre »\n/),
  });
  expect(await textOf(path)).toBe(ACCENTS);
});

test.each([
  ['a missing file', null, 'NO_FILE', null],
  ['an empty file', '', 'EMPTY_FILE', null],
  ['an empty gzip', gzipSync(''), 'EMPTY_FILE', null],
  ['a truncated gzip', gzipSync(ACCENTS).subarray(0, -20), 'DAMAGED_GZIP', null],
  [
    'a damaged gzip',
    Buffer.concat([gzipSync(ACCENTS).subarray(0, 40), Buffer.alloc(400, 7)]),
    'DAMAGED_GZIP',
    null,
  ],
  ['a NUL byte', `a;b\n1;2\n3;\0\n`, 'NUL_BYTE', 3],
  ['UTF-16', Buffer.from('\ufeffa;b\n', 'utf16le'), 'BAD_ENCODING', null],
  ['a spreadsheet', Buffer.from('PK\x03\x04rest'), 'ARCHIVE', null],
  [
    'UTF-8 with a foreign byte',
    Buffer.concat([Buffer.from('é;è\nà;ù\n'), Buffer.from([0xe9]), Buffer.from('x\n')]),
    'BAD_ENCODING',
    3,
  ],
  ['a gzip bomb', gzipSync(Buffer.alloc(80 * 2 ** 20, 0x61)), 'TOO_LARGE', null],
])('%s is refused with a clear error', async (_what, content, code, line) => {
  const path = content === null ? join(folder, 'absent') : await file(content);
  await expect(inspect(path)).rejects.toMatchObject({ code, line });
});

test('a folder is not a file, and ceilings can be set', async () => {
  await expect(inspect(folder)).rejects.toMatchObject({ code: 'NOT_A_FILE' });
  const path = await file('a;b\n'.repeat(100));
  await expect(inspect(path, { maxTextBytes: 399 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await expect(inspect(path, { maxTextBytes: 400 })).resolves.toMatchObject({ textBytes: 400 });
  await expect(
    inspect(await file(gzipSync('a;b\n'.repeat(100))), { maxTextBytes: 399 }),
  ).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('the encoding does not depend on where the chunks are cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      (content, size) => {
        const bytes = Buffer.from(content.replaceAll('\0', ''));
        fc.pre(bytes.length > 0);
        const detector = new EncodingDetector();
        for (let at = 0; at < bytes.length; at += size) detector.push(bytes.subarray(at, at + size));
        expect(detector.finish()).toMatchObject({ encoding: 'utf-8', textBytes: bytes.length });
      },
    ),
  );
});
