import type { Kysely } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import { OVERLAP } from '../../../kernel/graphql/changes.ts';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { rowLoader } from '../../../kernel/loader.ts';
import type { ResultKey } from '../corrections/current.ts';
import { type Optional, optionalText } from '../input.ts';
import type { IndicatorsTables } from '../tables.ts';
import {
  changeOf,
  changePage,
  countChanges,
  type Position,
  publicationSince,
  type ResultChangeRow,
  versionsOf,
} from './changes.query.ts';

export interface ChangesArguments {
  network?: Optional<string>;
  first?: Optional<number>;
  after?: Optional<string>;
}

const NOTHING: Page<ResultChangeRow> = {
  rows: [],
  cursorOf: () => '',
  hasNextPage: false,
  hasPreviousPage: false,
  totalCount: 0,
};

const keyText = ({ network, indicator, definition, subject, grain, start }: ResultKey) =>
  [network, indicator, definition, subject, grain, start].join('|');

/** What the types of changes, and of commands, read of results. */
export function changesReader(db: Kysely<IndicatorsTables>) {
  return {
    results: (since: string, args: ChangesArguments) => resultChanges(db, since, args),
    change: (key: ResultKey) => changeOf(db, key),
    version: rowLoader((keys: readonly ResultKey[]) => versionsOf(db, keys), keyText, keyText),
  };
}

/**
 * Changes of results since a moment. A cursor says where its reader stands, whatever `since` comes with it: one that
 * is kept from day to day misses nothing.
 */
async function resultChanges(
  db: Kysely<IndicatorsTables>,
  since: string,
  { network: asked, first, after }: ChangesArguments,
): Promise<Page<ResultChangeRow>> {
  const network = optionalText(asked, 'network');
  const size = pageSize(first);
  const list = JSON.stringify(['changes', 'results', network]);
  const position = positionIn(decodeCursor(list, after));
  const from = await publicationSince(db, since, OVERLAP);
  if (from === null) return { ...NOTHING, hasPreviousPage: position !== null };
  const rows = await changePage(db, { from, network }, { after: position, limit: size + 1 });
  return toPage(
    rows,
    size,
    after,
    (row) => encodeCursor(list, positionOf(row)),
    () => countChanges(db, { from, network }),
  );
}

const positionOf = (row: ResultChangeRow): Position => [
  row.changed_in,
  row.network_id,
  row.indicator_id,
  String(row.definition_version),
  row.subject_id ?? '',
  row.period_grain,
  row.period_start,
];

const FORMS = [/^\d{1,18}$/, /./, /./, /^\d{1,9}$/, /./, /./, /^[1-9]\d{3}-(0[1-9]|1[0-2])-01$/];

/** A cursor is sealed against mistakes, not against forgery: what the database could not read is refused. */
function positionIn(key: readonly (string | null)[] | null): Position | null {
  if (key === null) return null;
  const [changedIn, network, indicator, definition, subject, grain, start] = key.map((part) => part ?? '');
  const position = [changedIn, network, indicator, definition, subject, grain, start].map(
    (part) => part ?? '',
  );
  if (!position.every((part, index) => FORMS[index]?.test(part) && !part.includes('\0'))) {
    throw badInput('This cursor does not belong to this list.');
  }
  return position as [string, string, string, string, string, string, string];
}
