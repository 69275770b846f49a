import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { documentFolder, supergraphWithStaleness } from '../gateway/fixtures/documents.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const hub = (...args: string[]) => promisify(execFile)(process.execPath, [MAIN, 'documents', ...args]);

test('lists the documents of the project, each with what sha256sum says of its file', async () => {
  const { stdout } = await hub();
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(lines.map(([, name]) => name)).toContain('ServicesNearMe');
  const paths = lines.map(([, , , path]) => path ?? '');
  const sums = await promisify(execFile)('sha256sum', paths);
  expect(lines.map(([hash, , , path]) => `${hash}  ${path}`)).toEqual(sums.stdout.trimEnd().split('\n'));
});

test('says of which contract a document is, and what is wrong with one', async () => {
  const { folder, remove } = await documentFolder({
    'supergraph.txt': supergraphWithStaleness(),
    'Site.graphql': 'query Site { site(id: 1) { name } }',
    'Indicators.graphql': 'query Indicators { indicators { title } }',
  });
  const args = ['--folder', folder, '--supergraph', join(folder, 'supergraph.txt')];
  const { stdout } = await hub(...args);
  const shown = stdout.split('\n').map((line) => line.split('\t').slice(1, 3).join(' '));
  expect(shown).toEqual(['Indicators internal', 'Site public', '']);
  await writeFile(join(folder, 'Wrong.graphql'), 'query Wrong {\n  nothing\n}');
  const failed = await hub(...args).catch((error: { code: number; stderr: string }) => error);
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Wrong\.graphql:2:3 Cannot query field/),
  });
  await remove();
});
