import { type QueryExecutorProvider, sql } from 'kysely';
import { HubError } from '../errors.ts';
import { cleanText } from '../text.ts';
import { hasScope, reaches, type Scope, type Viewer } from '../viewer.ts';

/** Where in a network something is written; both null for what concerns all of it. */
export interface Place {
  structure: string | null;
  site: string | null;
}

/** Where a command writes, and what that asks of the viewer. */
export interface Target {
  /** Null for what anybody with a key may do, such as telling an experience: where is not asked then. */
  scope: Scope | null;
  /** Id of the network; null for what belongs to none. */
  network: string | null;
  /** What a LOCAL_REFERENT may write to is below its own structure; the others of a network need not say. */
  place?: Place | undefined;
}

/**
 * The check at the head of every command: may this viewer use this scope here? A network or a place that does not
 * exist and one that the viewer does not reach are answered alike, after the same statements. What belongs to no
 * network is written by DITP, and by the moderation.
 *
 * @throws HubError FORBIDDEN without the scope (the guard of the field says so before), NOT_FOUND otherwise;
 *   BAD_USER_INPUT when an id is no text
 */
export async function permitted(
  db: QueryExecutorProvider,
  viewer: Viewer,
  { scope, network, place }: Target,
): Promise<void> {
  if (scope === null) return;
  if (!hasScope(viewer, scope)) {
    throw new HubError('FORBIDDEN', 'The role of this key or token does not allow this.');
  }
  if (network === null && (viewer.role === 'DITP' || viewer.role === 'MODERATOR')) return;
  const id = cleanText(network ?? '', 'network');
  const { rows } = await sql`select id from directory.network where id = ${id}`.execute(db);
  if (rows.length === 0 || !reaches(viewer, id)) throw new HubError('NOT_FOUND', 'No such network.');
  if (viewer.role === 'LOCAL_REFERENT' && !(await isBelow(db, viewer.structure, place))) {
    throw new HubError('NOT_FOUND', 'No such place below your structure.');
  }
}

/** Whether a place is a structure of the branch that begins at `top`, or a site of one. */
async function isBelow(
  db: QueryExecutorProvider,
  top: string | null,
  place: Place | undefined,
): Promise<boolean> {
  if (top === null || !place || (place.structure === null && place.site === null)) return false;
  const structure = place.structure === null ? null : cleanText(place.structure, 'structure');
  const site = place.site === null ? null : cleanText(place.site, 'site');
  const { rows } = await sql<{ below: boolean }>`
    select (${structure}::text is null or ${structure}::text = any(directory.branch(${top})))
       and (${site}::text is null or ${site}::text = any(directory.branch_sites(${top}))) as below`.execute(
    db,
  );
  return rows[0]?.below === true;
}
