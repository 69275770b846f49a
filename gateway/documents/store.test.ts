import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { documentFolder } from '../fixtures/documents.ts';
import { openDocuments } from './store.ts';

const publicSchema = buildSchema('type Query { site(id: ID!): String }');
const schema = buildSchema(
  'type Query { site(id: ID!): String secret: String } type Mutation { write(id: ID): String }',
);
const SITE = 'query Site($id: ID!) { site(id: $id) }\n';

const folders: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of folders.splice(0)) await remove();
});
async function open(files: Readonly<Record<string, string | Uint8Array>>) {
  const { folder, remove } = await documentFolder(files);
  folders.push(remove);
  return { folder, opened: openDocuments({ folder, schema, publicSchema }) };
}

describe('what is read', () => {
  test('the hash is what sha256sum says of the file, its last line end included', async () => {
    const { folder, opened } = await open({ 'Site.graphql': SITE, 'Site.variables.json': '{"id":"1"}' });
    const [document] = (await opened).all;
    expect(document).toEqual({
      name: 'Site',
      hash: 'bffe4ecb46ec20c6fe0b253d3dd65d1c064e1295ee8000dfe1e6f186404c2f1a',
      text: SITE,
      path: join(folder, 'Site.graphql'),
      operation: 'query',
      variables: { id: 'ID!' },
      isPublic: true,
    });
  });

  test('another last line end is another document', async () => {
    const hashes = await Promise.all(
      [SITE, SITE.trimEnd(), SITE.replace('\n', '\r\n'), `\ufeff${SITE}`].map(async (text) => {
        const { opened } = await open({ 'Site.graphql': text });
        return (await opened).all[0]?.hash;
      }),
    );
    expect(new Set(hashes).size).toBe(4);
  });

  test('who is of the public contract knows of its documents only', async () => {
    const files = {
      'Site.graphql': SITE,
      'Secret.graphql': 'query Secret { secret }',
      'Write.graphql': 'mutation Write { write }',
    };
    const store = await (await open(files)).opened;
    const names = (role: string) => store.visibleTo({ role }).map(({ name }) => name);
    expect(names('PUBLIC')).toEqual(['Site']);
    expect(names('ANALYST')).toEqual(['Secret', 'Site', 'Write']);
    const hash = store.all[0]?.hash ?? '';
    expect(store.find(hash, { role: 'PUBLIC' })).toBeUndefined();
    expect(store.find(hash, { role: 'DITP' })?.name).toBe('Secret');
    expect(store.find('toString', { role: 'DITP' })).toBeUndefined();
  });
});

describe('what cannot be served', () => {
  test.each([
    ['a syntax error', { 'A.graphql': 'query A {\n  site(' }, 'A.graphql:2:8 Syntax Error'],
    [
      'an unknown field',
      { 'A.graphql': 'query A {\n  sites\n}' },
      'A.graphql:2:3 Cannot query field "sites"',
    ],
    [
      'an operation without a name',
      { 'A.graphql': '{ secret }' },
      'A.graphql:1:1 A trusted document has one',
    ],
    [
      'two operations',
      { 'A.graphql': 'query A { secret } query B { secret }' },
      'A.graphql:1:1 A trusted document has one',
    ],
    ['fragments alone', { 'A.graphql': 'fragment A on Query { secret }' }, 'A.graphql:1:1'],
    ['an empty file', { 'A.graphql': '' }, 'A.graphql:1:1 Syntax Error'],
    [
      'bytes that are no text',
      { 'A.graphql': Uint8Array.of(0xff, 0xfe) },
      'A.graphql:1:1 The file is not UTF-8',
    ],
    [
      'a name twice',
      { 'A.graphql': 'query A { secret }', 'B.graphql': 'query A { site(id: 1) }' },
      'B.graphql:1:1 A is the name of',
    ],
  ])('%s, with its place', async (_name, files, message) => {
    const { opened } = await open(files);
    await expect(opened).rejects.toThrow(message);
  });

  test('everything that is wrong is told at once', async () => {
    const { opened } = await open({
      'A.graphql': 'query',
      'B.graphql': 'query B { x y }',
      'Site.graphql': SITE,
    });
    const { message }: Error = await opened.then(
      () => new Error(''),
      (error: Error) => error,
    );
    expect(message.split('\n').map((line) => line.replace(/.*documents-\w+\//, '').slice(0, 15))).toEqual([
      'Trusted documen',
      'A.graphql:1:6 S',
      'B.graphql:1:11 ',
      'B.graphql:1:13 ',
    ]);
  });
});
