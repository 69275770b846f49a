import type { ObjectInput, StagingValue } from './objects.ts';
import { type RowProblem, rejected } from './problem.ts';
import type { SourceRecord } from './records.ts';
import { converter, type Sheet, unstorable } from './sheet.ts';

export interface Staged {
  /** Cells in the order of the staging columns; none when a problem keeps the record out. */
  rows: (string | null)[][];
  problems: readonly RowProblem[];
}

const keepsOut = ({ severity }: RowProblem) => severity !== 'NOTICE';

/** Makes the function that turns records of a file into staging rows. */
export function stager(
  input: Sheet | ObjectInput,
  positions: readonly number[],
): (record: SourceRecord) => Staged {
  return input.kind === 'objects' ? fromObjects(input) : fromCells(input, positions);
}

function fromCells(sheet: Sheet, positions: readonly number[]) {
  const convert = converter(sheet);
  return ({ cells, problems: found }: SourceRecord): Staged => {
    if (found.some(keepsOut)) return { rows: [], problems: found };
    const { values, problems } = convert(positions.map((at) => cells[at]));
    return { rows: problems.some(keepsOut) ? [] : [values], problems };
  };
}

function fromObjects(input: ObjectInput) {
  const names = Object.keys(input.staging);
  return ({ element, line }: SourceRecord): Staged => {
    const mapped = input.map(element ?? {}, line);
    const problems = [...(mapped.problems ?? [])];
    const rows = mapped.rows.map((row) =>
      names.map((name) => {
        const cell = toCell(row[name]);
        if (cell !== null && (unstorable(cell) || BROKEN_ESCAPE.test(cell))) {
          problems.push(rejected(name, 'BAD_TEXT', 'expected text without NUL or broken characters', cell));
        }
        return cell;
      }),
    );
    return { rows: problems.some(keepsOut) ? [] : rows, problems };
  };
}

/** NUL or half a surrogate pair as JSON escapes them, which jsonb refuses. */
const BROKEN_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

function toCell(value: StagingValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
