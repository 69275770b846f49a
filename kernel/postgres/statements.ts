import { createHash } from 'node:crypto';
import diagnostics_channel from 'node:diagnostics_channel';
import type pg from 'pg';

/** Announces every statement sent through Kysely, BEGIN and COMMIT included, as `{ text: string }`. */
export const statementChannel = diagnostics_channel.channel('hub:sql');

/** Prepared statements kept by one connection; each holds a plan in the server's memory. */
const MAX_NAMED = 400;

const names = new WeakMap<pg.ClientBase, Map<string, string>>();

/** True once a connection has no room for new names: it is then replaced when it is given back. */
export const isFull = (client: pg.ClientBase) => (names.get(client)?.size ?? 0) >= MAX_NAMED;

/**
 * The name under which a connection prepares a statement, so that it is parsed and planned once: the largest
 * single gain measured on the site query. Past the cap a statement goes unnamed rather than evict a hot one.
 */
function statementName(client: pg.ClientBase, text: string): string | undefined {
  const known = names.get(client) ?? new Map<string, string>();
  names.set(client, known);
  const name = known.get(text);
  if (name !== undefined) return name;
  if (known.size >= MAX_NAMED) return undefined;
  const fresh = createHash('sha1').update(text).digest('hex');
  known.set(text, fresh);
  return fresh;
}

/** Sends one statement; with parameters it is prepared under a name, without it may hold several statements. */
export function send(client: pg.ClientBase, text: string, parameters: readonly unknown[]) {
  if (statementChannel.hasSubscribers) statementChannel.publish({ text });
  if (parameters.length === 0) return client.query(text);
  return client.query({ name: statementName(client, text), text, values: [...parameters] });
}

/** A named statement outlived the columns it was planned for: an ALTER TABLE happened meanwhile. */
export const isStalePlan = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  error.code === '0A000' &&
  error.message.includes('cached plan must not change result type');
