import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { text } from './columns.ts';
import { readCsv } from './csv.ts';
import type { SourceRecord } from './records.ts';

const columns = {
  a: text({ header: 'a', required: true }),
  b: text({ header: 'b' }),
  c: text({ header: 'c' }),
};

/** Reads a text cut into chunks of `size` bytes. */
async function read(content: string, size = 1024): Promise<SourceRecord[]> {
  const bytes = Buffer.from(content);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const reader = await readCsv(columns, content, Readable.from(chunks));
  const records: SourceRecord[] = [];
  for await (const batch of reader.batches) records.push(...batch);
  return records;
}

const located = (records: SourceRecord[]) => records.map(({ line, cells }) => [line, ...cells]);

test.each([
  ['semicolons', 'a;b;c\n1;2,5;3\n'],
  ['commas', 'a,b,c\n1,"2,5",3\n'],
  ['tabs', 'a\tb\tc\n1\t2,5\t3\n'],
  ['CRLF', 'a;b;c\r\n1;2,5;3\r\n'],
  ['old Mac line ends', 'a;b;c\r1;2,5;3\r'],
  ['a quoted header', '"a";"b";"c"\n"1";"2,5";"3"'],
  ['no line end at the end', 'a;b;c\n1;2,5;3'],
])('%s', async (_what, content) => {
  expect(located(await read(content))).toEqual([[2, '1', '2,5', '3']]);
});

test.each([1, 2, 3, 7, 1024])('lines are those of the file, in chunks of %i bytes', async (size) => {
  const content = '\r\na;b;c\r\n1;"two\r\nlines";3\r\n\r\n\r\n4;"say ""hi""";6\n7;8;"x\n\ny"\n;;\n9;;\n';
  expect(located(await read(content, size))).toEqual([
    [3, '1', 'two\r\nlines', '3'],
    [7, '4', 'say "hi"', '6'],
    [8, '7', '8', 'x\n\ny'],
    [12, '9', '', ''],
  ]);
});

test('U+2028 and U+0085 do not end a line', async () => {
  const records = await read('a;b;c\n1;x\u2028y;z\u0085\n2;;\n');
  expect(located(records)).toEqual([
    [2, '1', 'x\u2028y', 'z\u0085'],
    [3, '2', '', ''],
  ]);
});

test('a ragged row is rejected with its line and what was expected; the others are read', async () => {
  const [first, second, third] = await read('a;b;c\n1;2\n1;2;3\n1;2;3;4\n');
  expect(first?.problems).toEqual([
    expect.objectContaining({
      code: 'RAGGED_ROW',
      message: 'expected 3 cells as in the header, found 2',
      sample: '1 | 2',
    }),
  ]);
  expect(second?.problems).toEqual([]);
  expect(third?.problems).toHaveLength(1);
});

test.each([
  [
    'never closed',
    'a;b;c\n1;2;3\n4;"5;6\n7;8;9\n',
    'BAD_CSV',
    'line 3: a quote opened in this row is never closed, cell 2',
  ],
  [
    'closed too early',
    'a;b;c\n1;2;3\n4;"5"x;6\n',
    'BAD_CSV',
    'line 3: a quote inside a cell, cell 2: double it (""), or close the cell before it',
  ],
  [
    'inside a bare cell',
    'a;b;c\n4;5 "x";6\n',
    'BAD_CSV',
    'line 2: a quote inside a cell, cell 2: double it (""), or close the cell before it',
  ],
])('a quote %s is an error with its line', async (_what, content, code, message) => {
  await expect(read(content)).rejects.toMatchObject({ code, message });
  await expect(read(content, 1)).rejects.toMatchObject({ code, message });
});

test('a quote that swallows the file is refused before it fills the memory', async () => {
  const swallowed = `a;b;c\n1;"2;3\n${'x;y;z\n'.repeat(400_000)}`;
  await expect(read(swallowed, 65_536)).rejects.toMatchObject({ code: 'BAD_CSV', line: 2 });
});

test('a file without rows is empty, one with a header only has no records', async () => {
  await expect(read('\n\n')).rejects.toMatchObject({ code: 'EMPTY_FILE' });
  expect(await read('a;b;c\n')).toEqual([]);
});
