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
import { cleanText } from '../../../kernel/text.ts';
import type { PageArguments } from '../page.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  countDirectoryChanges,
  countWordingChanges,
  type DirectoryPosition,
  directoryChanges,
  wordingChanges,
} from './changes.query.ts';
import {
  DIRECTORY_ENTITIES,
  type DirectoryChange,
  type DirectoryEntity,
  type WordingChange,
} from './changes.ts';

/** Before the hub's first publication. */
const EVER = '1970-01-01T00:00:00Z';

type Filter = PageArguments & { entities?: readonly DirectoryEntity[] | null | undefined };

/**
 * The lists of changes. A cursor says where its reader stands in the order of publication, whatever `since` comes with
 * it: one that is kept from day to day misses nothing.
 */
export function changeLists(db: Kysely<AdministrationsDatabase>) {
  return {
    async directory(since: string, { first, after, entities }: Filter): Promise<Page<DirectoryChange>> {
      const wanted = [...new Set(entities ?? DIRECTORY_ENTITIES)].sort();
      const list = JSON.stringify(['changes.directory', wanted]);
      const size = pageSize(first);
      const asked = { since, overlap: OVERLAP, entities: wanted.map((name) => name.toLowerCase()) };
      const position = positionIn(decodeCursor(list, after));
      const rows = await directoryChanges(
        db,
        position ? { ...asked, since: EVER } : asked,
        position,
        size + 1,
      );
      const cursorOf = ({ publication, entity, entityId }: DirectoryChange) =>
        encodeCursor(list, [publication, entity, entityId]);
      return toPage(rows, size, after, cursorOf, () => countDirectoryChanges(db, asked));
    },
    async wordings(since: string, { first, after }: PageArguments): Promise<Page<WordingChange>> {
      const list = 'changes.commitments';
      const size = pageSize(first);
      const asked = { since, overlap: OVERLAP, entities: [] };
      const key = decodeCursor(list, after);
      const rows = await (key === null
        ? wordingChanges(db, asked, null, size + 1)
        : wordingChanges(db, { ...asked, since: EVER }, numberIn(key[0]), size + 1));
      const cursorOf = ({ number }: WordingChange) => encodeCursor(list, [number]);
      return toPage(rows, size, after, cursorOf, () => countWordingChanges(db, asked));
    },
  };
}

/** A cursor is sealed against mistakes, not against forgery: what the database could not read is refused. */
function positionIn(key: readonly (string | null)[] | null): DirectoryPosition | null {
  if (key === null) return null;
  const [publication, entity, entityId] = key;
  if (typeof entity !== 'string' || typeof entityId !== 'string') throw badInput(FOREIGN);
  return {
    publication: numberIn(publication),
    entity: cleanText(entity, 'after'),
    entityId: cleanText(entityId, 'after'),
  };
}

function numberIn(value: string | null | undefined): string {
  if (typeof value !== 'string' || !/^\d{1,18}$/.test(value)) throw badInput(FOREIGN);
  return value;
}

const FOREIGN = 'This cursor does not belong to this list.';
