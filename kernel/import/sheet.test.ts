import { expect, test } from 'vitest';
import { decimal, text } from './columns.ts';
import { matchHeader } from './header.ts';
import { FileProblem, rejected, sampleOf } from './problem.ts';
import { converter, sheet } from './sheet.ts';

const columns = {
  structure: text({ header: ['Intitulé de la structure', 'structure_sp'], required: true }),
  value: decimal({ header: 'Valeur', required: true }),
  note: text({ header: 'Note' }),
};

test.each([
  [['INTITULE  DE LA STRUCTURE', 'valeur ', 'Note']],
  [['structure-sp', 'VALEUR', 'note']],
  [['intitule_de_la_structure', '"Valeur"', 'NOTE']],
  [['Structure', 'value', 'note']],
])('header %j is matched without case, accents, spaces or punctuation', (header) => {
  expect(matchHeader(columns, header, 1)).toEqual({ positions: [0, 1, 2], ignored: [] });
});

test('an optional column may be missing, unknown ones are named', () => {
  expect(matchHeader(columns, ['Pays', 'Valeur', 'structure', ''], 1)).toEqual({
    positions: [2, 1, -1],
    ignored: ['Pays'],
  });
});

test.each([
  [
    ['Structure', 'Valeur', 'VALEUR'],
    'DUPLICATE_HEADER',
    'line 1: column « VALEUR » appears twice in the header',
  ],
  [
    ['Code', 'Note'],
    'MISSING_COLUMN',
    'line 1: missing: Intitulé de la structure, Valeur; the header has: Code, Note',
  ],
])('header %j gives %s', (header, code, message) => {
  expect(() => matchHeader(columns, header, 1)).toThrow(expect.objectContaining({ code, message }));
  expect(() => matchHeader(columns, header, 1)).toThrow(FileProblem);
});

const convert = converter(
  sheet({
    columns,
    rule: ({ value, note }) =>
      note === 'rate' && value.startsWith('-')
        ? [rejected('Valeur', 'OUT_OF_RANGE', 'expected 0 or more', value)]
        : [],
  }),
);

test('cells are trimmed and typed, blank optional ones are null', () => {
  expect(convert([' CAF ', '\u00a078,5 %', '  '])).toEqual({ values: ['CAF', '78.5', null], problems: [] });
});

test.each([
  ['an empty required cell', ['', '1', ''], 'Intitulé de la structure', 'REQUIRED', ''],
  ['a column that the file lacks', ['CAF', undefined, ''], 'Valeur', 'REQUIRED', ''],
  ['a word for a number', ['CAF', 'n.d.', ''], 'Valeur', 'NOT_A_DECIMAL', 'n.d.'],
  ['a NUL', ['C\0AF', '1', ''], 'Intitulé de la structure', 'BAD_TEXT', 'C AF'],
  ['half a character', ['CAF', '1', 'x\ud800'], 'Note', 'BAD_TEXT', 'x '],
  ['a broken rule', ['CAF', '-1', 'rate'], 'Valeur', 'OUT_OF_RANGE', '-1'],
])('%s is a rejection with its column and sample', (_what, cells, column, code, sample) => {
  const { problems } = convert(cells);
  expect(problems).toEqual([expect.objectContaining({ column, code, sample, severity: 'REJECTED' })]);
});

test('every wrong cell of a row is reported', () => {
  expect(convert(['', 'x', '']).problems.map(({ code }) => code)).toEqual(['REQUIRED', 'NOT_A_DECIMAL']);
});

test('a sample is short, on one line, and holds nothing that a terminal obeys', () => {
  expect(sampleOf('a\n\u001b[31mb')).toBe('a [31mb');
  expect(sampleOf('x'.repeat(500))).toHaveLength(81);
});
