import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../../kernel/import/before.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import { defineFeed, type Feed } from '../../../kernel/import/feed.ts';
import { keptFromFiles, writtenOption } from '../../../kernel/import/hub-written.ts';
import { keepRows } from '../../../kernel/import/keep.ts';
import { publishedOption, publishedValue } from '../../../kernel/import/published.ts';
import { checkIds, checkSubject, placeValues, subjectValues } from '../../../kernel/import/subject.ts';
import { checkCommitments } from '../import/commitments.ts';
import type { Field } from './field.ts';
import type { Register } from './kind.ts';
import { sheetOf } from './sheet.ts';

/** The feed of a kind: a template for headquarters, one row per entry. */
export function feedOf<Row>(kind: Register<Row>): Feed {
  const { table, fields, feed, territories } = kind;
  const entity: Entity = { name: table, table: `improvement.${table}`, key: ['network_id', 'id'] };
  const input = sheetOf(kind);
  const ofFields = Object.entries(fields);
  return defineFeed({
    name: feed.name,
    subgraph: 'improvement',
    description: feed.description,
    input,
    duplicateKey: ['id'],
    options: { ...publishedOption, ...writtenOption },
    scope: () => 'all',
    ...keptFromFiles([entity], async (trx) => {
      const past = ofFields.filter(([, field]) => field.past);
      await reportFuture(trx, Object.fromEntries(past.map(([name, field]) => [name, headerOf(field)])));
      await checkSubject(trx, input.columns);
      await checkIds(trx, entity.table);
      for (const [name, field] of ofFields) {
        if (field.shape.is === 'COMMITMENTS') await checkCommitments(trx, name, headerOf(field));
      }
    }),
    merge: (trx, { importId, options }) =>
      keepRows(trx, importId, entity, {
        ...(territories ? subjectValues : placeValues),
        id: sql`s.id`,
        ...Object.fromEntries(ofFields.map(([name, field]) => [name, valueOf(name, field)])),
        published: publishedValue(options),
      }),
  });
}

const headerOf = ({ column }: Field) => column.header[0] ?? '';

/** The value of a field on the staged row `s`. */
const valueOf = (name: string, { shape }: Field): RawBuilder<unknown> =>
  shape.is === 'COMMITMENTS'
    ? sql`coalesce(string_to_array(${sql.ref(`s.${name}`)}, ','), '{}')`
    : sql.ref(`s.${name}`);
