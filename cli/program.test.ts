import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MODULES = `
  const { registerHooks } = require('node:module');
  const files = [];
  registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) });
  import(process.argv[1]).then(async ({ program }) => {
    const { readConfig } = await import(process.argv[2]);
    await program(readConfig({}), process.argv[3]);
    console.log(JSON.stringify(files));
  });`;
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function loadedFor(verb?: string): Promise<string[]> {
  const args = ['-e', MODULES, file('program.ts'), file('../kernel/config.ts'), ...(verb ? [verb] : [])];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

test('a verb carries nothing of the others', async () => {
  const files = await loadedFor('export');
  expect(files).toContainEqual(expect.stringMatching(/\/cli\/export-command\.ts$/));
  expect(files.filter((url) => /\/cli\/(?:import|demo|serve|privacy|surveys)\b/.test(url))).toEqual([]);
});

test('the verbs of imports carry neither the graph, nor composition, nor the gateway', async () => {
  const files = await loadedFor();
  expect(files.length).toBeGreaterThan(100);
  const unwanted =
    /node_modules\/(?!graphql\/(?:error|language|jsutils)\/)(?:graphql|@theguild|@pothos|@apollo|fastify|@graphql-\w+)\/|\/gateway\/|\.type\.ts$/;
  expect(files.filter((url) => unwanted.test(url))).toEqual([]);
});
