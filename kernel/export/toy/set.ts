import { type RawBuilder, sql } from 'kysely';
import { boolean, date, decimal, double, id, integer, long, text, texts, timestamp } from '../column.ts';
import { idFilter } from '../filter.ts';
import { defineExport, type ExportSet, type ExportState } from '../set.ts';

/** Texts that formats could trip over. */
export const NASTY = [
  'plain',
  '',
  'two\nlines\r\nand a return\r',
  'quotes " "" and \' and « »',
  'backslash \\ \\n \\N \\. \\x41',
  '\\.',
  'comma, semicolon; tab\t',
  'é à ü 中文 😀 \u2028 \u202e',
  'control \u0001 \u0002 \u001f \u007f',
  '=1+2',
  "'=1+2",
  "''-x",
  '+33 1 23 45 67 89',
  '-12,5 %',
  '- 5 étoiles',
  '@zoe',
  '\ttab first',
  '\rreturn first',
  'null',
  '{"json": [1]}',
  ' spaces ',
];

/** One row for each text, with numbers at the ends of what columns hold. */
export const ROWS = NASTY.map((words, index) => ({
  id: `ROW-${String(index).padStart(3, '0')}`,
  words,
  list: index === 0 ? [] : [words, 'b'],
  amount: ['78.5', '-999999999999999999.123456789012', '0', '0.000000000001', '100'][index % 5] ?? null,
  small: index % 2 === 0 ? -2_147_483_648 : null,
  large: '9007199254740993',
  degrees: 48.8566 + index / 3,
  yes: index % 3 === 0 ? null : index % 3 === 1,
  day: index === 4 ? null : '1899-12-31',
  at: '2026-03-29T01:59:59.123Z',
}));

/** A set over these rows, written as literals; `more` stands beside them in the `from`, `words` for their text. */
export function toySet(
  more: RawBuilder<unknown> = sql``,
  rows = ROWS,
  words: RawBuilder<unknown> = sql`r.words`,
): ExportSet {
  const json = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
    id text, words text, list text[], amount numeric, small int, large bigint, degrees float8, yes boolean, day date,
    at timestamptz)`;
  const state = sql<ExportState>`select '7' as version, null::timestamptz as modified`;
  return defineExport({
    name: 'reports',
    description: 'A toy.',
    filters: { network: idFilter('Only this one.') },
    networkFilter: 'network',
    columns: [
      id('id', 'The row.', sql`r.id`),
      text('words', 'A text.', words),
      texts('list', 'Texts.', sql`r.list`),
      decimal('amount', 'A decimal.', sql`r.amount`),
      integer('small', 'A number.', sql`r.small`),
      long('large', 'A large one.', sql`r.large`),
      double('degrees', 'A measure.', sql`r.degrees`),
      boolean('yes', 'Yes or no.', sql`r.yes`),
      date('day', 'A day.', sql`r.day`),
      timestamp('at', 'An instant.', sql`r.at`),
    ],
    openData: null,
    key: ['id'],
    source: ({ network }) => ({
      from: sql`${json} ${more}`,
      where: network === null ? [] : [sql`r.id = ${network}`],
    }),
    partitions: {},
    state,
  });
}
