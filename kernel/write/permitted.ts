import { type QueryExecutorProvider, sql } from 'kysely';
import { HubError } from '../errors.ts';
import { cleanText } from '../text.ts';
import { hasScope, reaches, type Scope, type Viewer } from '../viewer.ts';

/**
 * The check at the head of every command: may this viewer use this scope on this network? A network that does not
 * exist and one that the viewer does not reach are answered alike, after the same statement.
 *
 * @param network id of the network that is written to; null for what belongs to no network, which only DITP writes
 * @throws HubError FORBIDDEN without the scope (the guard of the field says so before), NOT_FOUND otherwise;
 *   BAD_USER_INPUT when the id is no text
 */
export async function permitted(
  db: QueryExecutorProvider,
  viewer: Viewer,
  scope: Scope,
  network: string | null,
): Promise<void> {
  if (!hasScope(viewer, scope)) {
    throw new HubError('FORBIDDEN', 'The role of this key or token does not allow this.');
  }
  if (network === null && viewer.role === 'DITP') return;
  const id = cleanText(network ?? '', 'network');
  const { rows } = await sql`select id from directory.network where id = ${id}`.execute(db);
  if (rows.length === 0 || !reaches(viewer, id)) throw new HubError('NOT_FOUND', 'No such network.');
}
