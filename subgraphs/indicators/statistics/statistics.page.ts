import type { Kysely } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import type { Optional } from '../input.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type Dimension, readDimensions } from './dimension.ts';
import type { ResultFilter } from './filter.ts';
import type { GroupRow } from './group.row.ts';
import { resultGroups } from './groups.query.ts';
import { keyIn, keyOf } from './key.ts';

export interface StatisticsArguments {
  filter: ResultFilter;
  groupBy: readonly Dimension[];
  first?: Optional<number>;
  after?: Optional<string>;
}

/** The départements of the whole country fit one page. */
export const MOST = 200;

/** More results than this in one selection are refused rather than read. */
const MOST_RESULTS = 250_000;

export const statisticsLists = (db: Kysely<IndicatorsTables>) => ({
  resultGroups: (args: StatisticsArguments) => pageOfGroups(db, args),
});

export async function pageOfGroups(
  db: Kysely<IndicatorsTables>,
  { filter, groupBy: asked, first, after }: StatisticsArguments,
  most = MOST_RESULTS,
): Promise<Page<GroupRow>> {
  const groupBy = readDimensions(asked, filter);
  const size = pageSize(first, MOST);
  const list = JSON.stringify(['resultStats', filter, groupBy]);
  const key = keyIn(decodeCursor(list, after), groupBy);
  const slice = { after: key, limit: size + 1 };
  const { rows, total, isTooLarge } = await resultGroups(db, { filter, groupBy }, slice, most);
  if (isTooLarge)
    throw badInput(`More than ${most} results: narrow the filter, to fewer periods for instance.`);
  return toPage(rows, size, after, (row) => encodeCursor(list, keyOf(row, groupBy)), total);
}
