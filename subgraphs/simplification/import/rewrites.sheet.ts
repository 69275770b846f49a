import { code, date, integer, text } from '../../../kernel/import/columns.ts';
import { daysInOrder } from '../../../kernel/import/days.ts';
import { severalOf } from '../../../kernel/import/list-column.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn } from '../../../kernel/import/published.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import { EXPERTS } from './words.ts';

const score = (header: string) => integer({ header, required: true, min: 0, max: 3 });
const count = (header: string) => integer({ header, min: 0, max: 100_000 });

/** Texts before and after, one row each, with their assessment and their test with users. */
export const rewritesSheet = sheet({
  columns: {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: /REWRITE-[\p{L}\p{N}._:-]{1,100}-[1-9]\d{0,2}/u,
      expected: 'REWRITE-, the code of the report (without REP-) and the number of the version: REWRITE-12-1',
    }),
    written_on: date({ header: 'redige_le', required: true }),
    before: text({ header: 'avant', required: true, max: 20_000 }),
    after: text({ header: 'apres', required: true, max: 20_000 }),
    sentences_before: score('phrases_avant'),
    sentences_after: score('phrases_apres'),
    vocabulary_before: score('vocabulaire_avant'),
    vocabulary_after: score('vocabulaire_apres'),
    order_before: score('organisation_avant'),
    order_after: score('organisation_apres'),
    layout_before: score('mise_en_page_avant'),
    layout_after: score('mise_en_page_apres'),
    assessment: text({ header: 'appreciation', max: 4000 }),
    experts: severalOf({ header: 'experts', labels: EXPERTS }),
    tested_on: date({ header: 'teste_le' }),
    testers: integer({ header: 'testeurs', min: 1, max: 100_000 }),
    understood: count('compris'),
    completed: count('reussi'),
    remarks: text({ header: 'enseignements', max: 4000 }),
    title: text({ header: 'titre', max: 300 }),
    ...publishedColumn,
  },
  rule: (row) => [
    ...wholeTest(row),
    ...atMost('compris', row.understood, row.testers),
    ...atMost('reussi', row.completed, row.testers),
    ...shown(row),
    ...daysInOrder({ redige_le: row.written_on, teste_le: row.tested_on }),
  ],
});

type Test = Record<'tested_on' | 'testers' | 'understood' | 'completed', string | null>;

/** A test has its day and its three figures, or there is none. */
function wholeTest({ tested_on, testers, understood, completed }: Test): RowProblem[] {
  const cells = Object.entries({
    teste_le: tested_on,
    testeurs: testers,
    compris: understood,
    reussi: completed,
  });
  const missing = cells.filter(([, value]) => value === null);
  if (missing.length === 0 || missing.length === cells.length) return [];
  return missing.map(([column]) =>
    rejected(column, 'REQUIRED', 'expected all that tells of a test, or nothing', ''),
  );
}

const atMost = (column: string, part: string | null, whole: string | null): RowProblem[] =>
  part !== null && whole !== null && Number(part) > Number(whole)
    ? [rejected(column, 'CONTRADICTORY_PARTS', 'expected not more than testeurs', part)]
    : [];

/** What the gallery shows has a title, and was tested. */
function shown({
  published,
  title,
  testers,
}: {
  published: string | null;
  title: string | null;
  testers: string | null;
}) {
  if (published !== 'true') return [];
  return [
    ...(title === null ? [rejected('titre', 'REQUIRED', 'expected a title for what is published', '')] : []),
    ...(testers === null
      ? [rejected('testeurs', 'NOT_TESTED', 'expected a test with users before publication', '')]
      : []),
  ];
}
