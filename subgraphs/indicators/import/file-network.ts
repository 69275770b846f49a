import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { FeedOptions, ImportTransaction } from '../../../kernel/import/feed.ts';
import { FileProblem } from '../../../kernel/import/problem.ts';

/** Option of the feeds whose file may be about one network. */
export const networkOption = {
  network: {
    description: 'Network that the file is about: that of rows without one; rows of another are rejected',
  },
};

/** SQL of the network of a staged row `s`: its own, else that of the option. */
export const networkOfRow = (options: FeedOptions) =>
  sql`coalesce(network, ${options['network'] ?? null}::text)`;

/**
 * Rejects the rows of another network than the one that the file is said to be about. Run after `findCandidates`, or
 * whatever finds the networks of rows.
 * @param table what holds the network of each record
 * @throws FileProblem BAD_OPTION when there is no such network
 */
export async function checkFileNetwork(
  trx: ImportTransaction,
  options: FeedOptions,
  column: string,
  table = 'candidate',
): Promise<void> {
  const network = options['network'];
  if (network === undefined) return;
  const found = await sql<{ id: string }>`
    select n.id from directory.network n
     where n.id = ${network} or n.code = ${network}
    union all
    select a.network_id from directory.network_alias a where a.key = directory.label_key(${network}::text)
    limit 1`.execute(trx);
  const id = found.rows[0]?.id;
  if (id === undefined) {
    throw new FileProblem(
      'BAD_OPTION',
      `option "network": no network of that id, code or name, found "${network}"`,
    );
  }
  await reportRows(trx, {
    code: 'OTHER_NETWORK',
    severity: 'REJECTED',
    column,
    message: `expected the network that the file is about (${id})`,
    sample: sql`s.network`,
    where: sql`s.record in (select record from ${sql.table(table)} where network_id <> ${id})`,
  });
}

/** A row needs a network, its own or that of the file. */
export async function reportWithoutNetwork(
  trx: ImportTransaction,
  network: string | undefined,
): Promise<void> {
  if (network !== undefined) return;
  await reportRows(trx, {
    code: 'REQUIRED',
    severity: 'REJECTED',
    column: 'reseau',
    message: 'expected a network, in the file or as an option',
    sample: sql`''`,
    where: sql`s.network is null`,
  });
}
