import { code } from '../../../kernel/import/columns.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn } from '../../../kernel/import/published.ts';
import { type Columns, type Sheet, sheet } from '../../../kernel/import/sheet.ts';
import {
  networkColumn,
  placeColumns,
  territoryAlone,
  territoryColumn,
} from '../../../kernel/import/subject.ts';
import type { Register } from './kind.ts';

/** What a file of a kind holds: an id, whom the entry is about, a column for each field, whether it is public. */
export function sheetOf<Row>(kind: Register<Row>): Sheet<Columns> {
  const { prefix, fields, territories, rule } = kind;
  const columns: Columns = {
    id: code({
      header: 'identifiant',
      required: true,
      pattern: new RegExp(`${prefix}-[\\p{L}\\p{N}._:-]{1,100}`, 'u'),
      expected: `${prefix}- and a code`,
    }),
    ...networkColumn,
    ...placeColumns,
    ...(territories ? territoryColumn : {}),
    ...Object.fromEntries(Object.entries(fields).map(([name, { column }]) => [name, column])),
    ...publishedColumn,
  };
  return sheet({
    columns,
    rule: (row) => [
      ...territoryAlone({
        structure: row['structure'] ?? null,
        site: row['site'] ?? null,
        territory: row['territory'] ?? null,
      }),
      ...rule(row).map(({ column, code: name, message }) =>
        rejected(columns[column]?.header[0] ?? column, name, message, row[column] ?? ''),
      ),
    ],
  });
}
