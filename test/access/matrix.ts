import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { CALLERS, type Caller } from '../kit/roles.ts';

/**
 * What a caller gets of an element:
 * - `read`: it answers, whatever network is asked;
 * - `write`: the same, of mutations and what they answer;
 * - `own`: it answers for the caller's own network; another network is answered like one that does not exist;
 * - `nothing`: it is in the caller's contract, and nothing of it is in the caller's reach: the own network's is
 *   answered like one that does not exist, or with nothing, and so is another's;
 * - `shown`: of arguments, enum values and input fields: in the caller's contract; who may use it is said by the
 *   fields that take it;
 * - `needs a key`: it is in the contract of anybody, who is asked to say who writes, and told nothing of its value;
 * - `forbidden`: it is in the caller's contract, and refused with nothing of its value;
 * - `hidden`: it is not in the caller's contract, and asking for it is answered like asking for anything made up.
 */
export const CELLS = [
  'read',
  'write',
  'own',
  'nothing',
  'shown',
  'needs a key',
  'forbidden',
  'hidden',
] as const;
export type Cell = (typeof CELLS)[number];

export type Line = Readonly<Record<Caller, Cell>>;

const FILE = new URL('../access-matrix.csv', import.meta.url);

/** The reviewed table: what each caller gets of each element, by the name of the element. */
export function readMatrix(): ReadonlyMap<string, Line> {
  const rows = parse<Record<string, string>>(readFileSync(FILE), { columns: true });
  return new Map(rows.map((row, index) => [row.element ?? '', lineOf(row, index + 2)]));
}

function lineOf(row: Record<string, string>, at: number): Line {
  const cells = CALLERS.map((caller) => {
    const cell = CELLS.find((known) => known === row[caller]);
    if (!cell)
      throw new Error(
        `test/access-matrix.csv, line ${at}: "${row[caller]}" of ${caller} is none of ${CELLS.join(', ')}.`,
      );
    return [caller, cell];
  });
  return Object.fromEntries(cells);
}

/** A line as the table holds it. */
export const lineText = (name: string, line: Readonly<Partial<Record<Caller, string>>>): string =>
  [name, ...CALLERS.map((caller) => line[caller] ?? '')].join(',');
