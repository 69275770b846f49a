import type { Kysely } from 'kysely';
import { isDayAndId, pagesOf } from '../../../kernel/graphql/lists.ts';
import { rowLoader } from '../../../kernel/loader.ts';
import type { ImprovementDatabase } from '../tables.ts';
import {
  countNational,
  latestNational,
  type NationalFilter,
  type NationalParent,
  type NationalSource,
  nationalById,
} from './national.query.ts';

/**
 * The facts of one national kind: `byId` finds them by their id, `pages` all of them or those of another fact.
 * @param name of the list, which its cursors are bound to
 */
export function nationalFacts<Row extends { id: string }>(
  db: Kysely<ImprovementDatabase>,
  name: string,
  source: NationalSource<Row>,
) {
  return {
    byId: rowLoader(
      (ids: readonly string[]) => nationalById(db, source, ids),
      (id) => id,
      (row) => row.id,
    ),
    pages: pagesOf<NationalParent, NationalFilter, Row>({
      name,
      rows: (args, parents) => latestNational(db, source, args, parents),
      count: (args, parents) => countNational(db, source, args, parents),
      keyOf: (row) => [row[source.day] as string | null, row.id],
      isKey: isDayAndId,
    }),
  };
}
