import { sql } from 'kysely';
import { code, date, oneOf } from '../../../kernel/import/columns.ts';
import { daysInOrder } from '../../../kernel/import/days.ts';
import { defineFeed } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { publishedColumn, publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { sheet } from '../../../kernel/import/sheet.ts';
import {
  checkIds,
  checkSubject,
  networkColumn,
  placeColumns,
  subjectValues,
  territoryAlone,
  territoryColumn,
} from '../../../kernel/import/subject.ts';
import { label } from './entities.ts';

export const labelCode = { pattern: /LABEL-[\p{L}\p{N}._:-]{1,100}/u, expected: 'LABEL- and a code' };

const input = sheet({
  columns: {
    id: code({ header: 'identifiant', required: true, ...labelCode }),
    ...networkColumn,
    ...placeColumns,
    ...territoryColumn,
    level: oneOf({
      header: 'niveau',
      required: true,
      labels: { bronze: 'BRONZE', argent: 'SILVER', or: 'GOLD' },
    }),
    granted_on: date({ header: 'attribue_le', required: true }),
    expires_on: date({ header: 'fin' }),
    withdrawn_on: date({ header: 'retire_le' }),
    ...publishedColumn,
  },
  rule: (row) => [
    ...territoryAlone(row),
    ...(row.expires_on !== null && row.granted_on !== null && row.expires_on <= row.granted_on
      ? [rejected('fin', 'OUT_OF_RANGE', 'expected an end after attribue_le', row.expires_on)]
      : []),
    ...daysInOrder({ attribue_le: row.granted_on, retire_le: row.withdrawn_on }),
  ],
});

/** The quality label; it holds for three years (public rules of 2023) where the file gives no end. */
export const labels = defineFeed({
  name: 'labels',
  subgraph: 'improvement',
  description: 'Quality labels, their level and their three years: template (CSV)',
  input,
  duplicateKey: ['id'],
  options: { ...publishedOption, ...writtenOption },
  scope: () => 'all',
  ...keptFromFiles([label], async (trx) => {
    await checkSubject(trx, input.columns);
    await checkIds(trx, label.table);
  }),
  merge: (trx, { importId, options }) =>
    keepRows(trx, importId, label, {
      ...subjectValues,
      id: sql`s.id`,
      level: sql`s.level`,
      granted_on: sql`s.granted_on`,
      expires_on: sql`coalesce(s.expires_on, improvement.label_ends(s.granted_on))`,
      withdrawn_on: sql`s.withdrawn_on`,
      state: sql`case when s.withdrawn_on is null then 'AWARDED' else 'WITHDRAWN' end`,
      published: publishedValue(options),
    }),
});
