import { ownTitles } from './header.ts';
import type { ObjectInput } from './objects.ts';
import { FileProblem, type RowProblem, rejected } from './problem.ts';
import type { RecordReader, SourceRecord } from './records.ts';
import { type Columns, headerKey, type Sheet } from './sheet.ts';
import { type Container, ElementSplitter, type RawElement } from './splitter.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** One object per line rather than one list: the first line is an object on its own, without the wrapper's key. */
export function containerOf(head: string, jsonKey: string | undefined): Container {
  const [first = '', next = ''] = head.trimStart().split('\n', 2);
  if (!first.startsWith('{')) return 'list';
  let parsed: object;
  try {
    parsed = JSON.parse(first) as object;
  } catch {
    return 'list';
  }
  if (next.trimStart().startsWith('{')) return 'lines';
  const wraps = jsonKey === undefined ? Object.values(parsed).some(Array.isArray) : jsonKey in parsed;
  return wraps ? 'list' : 'lines';
}

/** Opens a JSON text as records of a sheet: keys are matched to the columns as a CSV header is. */
export function readJsonSheet(spec: Sheet, head: string, text: AsyncIterable<Buffer>): RecordReader {
  const names = Object.keys(spec.columns);
  const seen: string[] = [];
  const toCells = cellsOf(spec.columns, seen);
  const batches = records(text, head, spec.jsonKey, exactNumbers, (element) => toCells(element));
  return {
    header: names,
    titles: () => ownTitles(spec.columns, seen),
    positions: names.map((_name, index) => index),
    notices: [],
    batches,
  };
}

/** Opens a JSON text as records of nested objects. */
export function readObjects(spec: ObjectInput, head: string, text: AsyncIterable<Buffer>): RecordReader {
  const batches = records(text, head, spec.jsonKey, undefined, (element) => ({
    cells: [],
    problems: [],
    element,
  }));
  return { header: ['element'], titles: () => new Map(), positions: [], notices: [], batches };
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Numbers keep the digits of the file: 78.50 stays « 78.50 ». */
const exactNumbers: Reviver = (_key, value, context) =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value;

async function* records(
  text: AsyncIterable<Buffer>,
  head: string,
  jsonKey: string | undefined,
  reviver: Reviver | undefined,
  shape: (element: JsonObject) => Pick<SourceRecord, 'cells' | 'problems' | 'element'>,
): AsyncGenerator<SourceRecord[]> {
  const splitter = new ElementSplitter(containerOf(head, jsonKey), jsonKey);
  let record = 0;
  const convert = ({ line, json }: RawElement): SourceRecord => {
    record += 1;
    return { record, line, ...shape(parse(json, line, reviver)) };
  };
  for await (const chunk of text) {
    const elements = splitter.push(chunk);
    if (elements.length > 0) yield elements.map(convert);
  }
  splitter.end();
}

function parse(json: Buffer, line: number, reviver: Reviver | undefined): JsonObject {
  try {
    return JSON.parse(json.toString('utf8'), reviver) as JsonObject;
  } catch (error) {
    throw new FileProblem(
      'BAD_JSON',
      `not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
      line,
    );
  }
}

/**
 * Takes the cells of the sheet's columns out of an object; keys are normalised once each.
 * @param titles filled with the first key seen for each column
 */
function cellsOf(
  columns: Columns,
  titles: string[],
): (element: JsonObject) => Pick<SourceRecord, 'cells' | 'problems'> {
  const known = new Map<string, number>();
  Object.entries(columns).forEach(([name, { header }], index) => {
    for (const title of [name, ...header]) known.set(headerKey(title), index);
  });
  const seen = new Map<string, number | undefined>();
  const columnOf = (key: string) => {
    if (!seen.has(key) && seen.size < 10_000) seen.set(key, known.get(headerKey(key)));
    return seen.get(key);
  };
  return (element) => {
    const cells: (string | undefined)[] = [];
    const problems: RowProblem[] = [];
    for (const [key, value] of Object.entries(element)) {
      const index = columnOf(key);
      if (index === undefined) continue;
      titles[index] ??= key;
      if (cells[index] !== undefined)
        problems.push(
          rejected(key, 'DUPLICATE_COLUMN', 'expected this column once, found it under two names'),
        );
      if (typeof value === 'object' && value !== null)
        problems.push(rejected(key, 'NOT_A_SCALAR', 'expected a text or a number', JSON.stringify(value)));
      else cells[index] = value === null ? '' : String(value);
    }
    return { cells, problems };
  };
}
