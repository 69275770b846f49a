import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasReadableKeys } from '../../test/kit/json-keys.ts';
import { decimal, text } from './columns.ts';
import { containerOf, readJsonSheet, readObjects } from './json.ts';
import { objects } from './objects.ts';
import type { SourceRecord } from './records.ts';
import { sheet } from './sheet.ts';
import { ElementSplitter, type RawElement } from './splitter.ts';
import { collect } from './toy/collect.ts';

const spec = sheet({
  columns: {
    code: text({ header: 'code_sp_du_resultat', required: true }),
    value: decimal({ header: 'valeur' }),
  },
});
const tree = objects({ staging: {}, jsonKey: 'service', map: () => ({ rows: [] }) });

const chunks = (content: string, size: number) => {
  const bytes = Buffer.from(content);
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    ),
  );
};

async function read(content: string, size = 1024): Promise<SourceRecord[]> {
  return (await collect(readJsonSheet(spec, content, chunks(content, size)).batches)).flat();
}
async function elements(content: string, size = 1024): Promise<unknown[]> {
  const batches = await collect(readObjects(tree, content, chunks(content, size)).batches);
  return batches.flat().map(({ element }) => element);
}

test.each([
  [
    'an array',
    '[\n{"Code SP du résultat": "R1", "valeur": 78.50},\n\n{"code_sp_du_resultat":"R2","valeur":null}]',
  ],
  [
    'a wrapped array',
    '{"meta": {"list": [1, 2]},\n"resultats": [{"CODE_SP_DU_RESULTAT": "R1", "valeur": "78.50"}\n,\n{"code": "R2"}], "total": 2}',
  ],
  ['one object per line', '{"code": "R1", "valeur": 78.50}\n\n\n{"code": "R2"}\n'],
])('%s: keys match as headers do, numbers keep their digits', async (what, content) => {
  const line = what === 'an array' ? [2, 4] : what === 'a wrapped array' ? [2, 4] : [1, 4];
  expect(await read(content)).toEqual([
    { record: 1, line: line[0], cells: ['R1', '78.50'], problems: [] },
    { record: 2, line: line[1], cells: what === 'an array' ? ['R2', ''] : ['R2'], problems: [] },
  ]);
});

test.each([
  ['list', '[{"a":1}]', undefined],
  ['list', '{"service":[{"a":1}]}', 'service'],
  ['list', '{\n"service":[', 'service'],
  ['list', '{"results":[{"a":1}]}', undefined],
  ['lines', '{"a":1}\n{"a":2}\n', undefined],
  ['lines', '{"a":[1]}\n{"a":[2]}\n', undefined],
  ['lines', '{"a":1}', undefined],
] as const)('%s: %j', (container, head, key) => {
  expect(containerOf(head, key)).toBe(container);
});

test.each([
  ['truncated in an element', '[{"code":"R1"},\n{"code":"R', 2, /stops inside this element/],
  ['truncated after an element', '[{"code":"R1"},\n', 2, /stops before its list is closed/],
  ['truncated after the list', '{"x":[{"code":"R1"}]\n', 2, /stops before its list is closed/],
  ['an element that is not JSON', '[{"code":"R1"},\n{code:1}]', 2, /not valid JSON/],
  ['an element that is not an object', '[{"code":"R1"},\n3]', 2, /expected an object, found « 3 »/],
  ['something after the list', '[{"code":"R1"}]\n[', 2, /expected nothing more/],
  ['brackets that do not match', '{"x":[{"code":"R1"}]]', 1, /expected the other bracket/],
  ['no list', '{"a":{"b":[1]},\n"c":1}', null, /expected a list of objects/],
])('%s is an error with its line', async (_what, content, line, message) => {
  await expect(read(content)).rejects.toMatchObject({
    code: 'BAD_JSON',
    line,
    message: expect.stringMatching(message),
  });
  await expect(read(content, 1)).rejects.toMatchObject({ code: 'BAD_JSON', line });
});

test('a nested value and a column under two names are rejections of the row', async () => {
  const [nested, twice] = await read('[{"code":{"x":1}},{"code":"R1","Code SP du résultat":"R2"}]');
  expect(nested?.problems).toEqual([
    expect.objectContaining({ code: 'NOT_A_SCALAR', column: 'code', sample: '{"x":"1"}' }),
  ]);
  expect(twice?.problems).toEqual([expect.objectContaining({ code: 'DUPLICATE_COLUMN' })]);
});

test('only the asked list is read, and U+2028 in a text is data', async () => {
  const content =
    '{"other":[{"x":1}],"in":{"service":[{"x":2}]},"service":[{"x":"a\u2028b"},{"x":{"service":[{"y":"}]"}]}}],"service2":[{"x":9}]}';
  expect(await elements(content)).toEqual([{ x: 'a\u2028b' }, { x: { service: [{ y: '}]' }] } }]);
});

/** The elements of a text cut into chunks, straight from the splitter. */
function split(content: string, size: number): unknown[] {
  const splitter = new ElementSplitter('list', 'service');
  const bytes = Buffer.from(content);
  const raw: RawElement[] = [];
  for (let at = 0; at < bytes.length; at += size) raw.push(...splitter.push(bytes.subarray(at, at + size)));
  splitter.end();
  return raw.map(({ json }) => JSON.parse(json.toString()));
}

test('any list, cut anywhere, gives its objects back', () => {
  const element = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  const lists = fc.array(element.filter(hasReadableKeys), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lists, fc.constantFrom(0, 2), fc.integer({ min: 1, max: 40 }), (list, indent, size) => {
      const expected = JSON.stringify(list);
      const wrapped = JSON.stringify({ before: list, service: list }, null, indent);
      expect(JSON.stringify(split(wrapped, size))).toBe(expected);
      expect(JSON.stringify(split(JSON.stringify(list, null, indent), size))).toBe(expected);
    }),
  );
}, 30_000);
