import { once } from 'node:events';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = (cell: string | null) => {
  if (cell === null) return '\\N';
  return SPECIAL.test(cell) ? cell.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : cell;
};

/**
 * One row in PostgreSQL's text COPY format; null is `\N`. Joined rather than concatenated: ropes of strings
 * survive in memory long after their row is gone.
 */
export const copyLine = (cells: readonly (string | null)[]): string => `${cells.map(escaped).join('\t')}\n`;

/**
 * Sends COPY text to a table as it comes, no faster than the server takes it.
 * @param columns names of the table's columns, in the order of the cells
 * @returns how many rows the server stored
 */
export async function copyInto(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: AsyncIterable<Buffer>,
): Promise<number> {
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ');
  const stream = client.query(from(`copy ${client.escapeIdentifier(table)} (${names}) from stdin`));
  const finished = once(stream, 'finish');
  // Awaited below; without this an error of the server during a pause of the source would end the process.
  finished.catch(() => undefined);
  // The stream does not know its own failure, and would write to a connection that it has let go.
  let refused: Error | null = null;
  stream.on('error', (error) => {
    refused ??= error;
  });
  try {
    for await (const part of lines) {
      if (refused !== null) break;
      if (!stream.write(part)) await Promise.race([once(stream, 'drain'), finished]);
    }
  } catch (error) {
    if (refused !== null) throw refused;
    stream.destroy(error instanceof Error ? error : new Error('the source failed'));
    // The server answers with the same words as an error of its own: the first one says where it came from.
    await once(stream, 'close').catch(() => undefined);
    throw error;
  }
  if (refused !== null) throw refused;
  stream.end();
  await finished;
  return stream.rowCount;
}
