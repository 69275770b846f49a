import { type QueryExecutorProvider, sql } from 'kysely';
import { lockTransaction } from '../../../kernel/import/locks.ts';
import type { DisplayKey, NetworkCommitment } from './commitment.ts';

/** A wording as commands read and write it. */
export type Wording = Pick<NetworkCommitment, 'wording' | 'validFrom' | 'version'>;

/** Nobody else writes wordings until the end of this transaction: the lock that the triggers of the table take. */
export const lockWordings = (trx: QueryExecutorProvider): Promise<void> =>
  lockTransaction(trx, 'hub wordings administrations');

/** The wording of a network for a commitment, null when there is none; it stays so until the transaction ends. */
export async function lockWording(
  trx: QueryExecutorProvider,
  { networkId, commitmentId }: DisplayKey,
): Promise<Wording | null> {
  await lockWordings(trx);
  const { rows } = await sql<Wording>`
    select wording, valid_from as "validFrom", version from administrations.network_commitment
    where network_id = ${networkId} and commitment_id = ${commitmentId}`.execute(trx);
  return rows[0] ?? null;
}

/** Creates or replaces it, as written by the network. */
export async function saveWording(
  trx: QueryExecutorProvider,
  { networkId, commitmentId }: DisplayKey,
  { wording, validFrom }: Omit<Wording, 'version'>,
): Promise<NetworkCommitment> {
  const { rows } = await sql<NetworkCommitment>`
    insert into administrations.network_commitment (network_id, commitment_id, wording, valid_from, written_at)
    values (${networkId}, ${commitmentId}, ${wording}, ${validFrom}::date, clock_timestamp())
    on conflict (network_id, commitment_id) do update set wording = excluded.wording,
      valid_from = excluded.valid_from, written_at = excluded.written_at, import_id = null
    returning network_id as "networkId", commitment_id as "commitmentId", wording, valid_from as "validFrom",
      version, written_at as "writtenAt", import_id as "importId"`.execute(trx);
  const [written] = rows;
  if (!written) throw new Error(`No wording was written for ${networkId} ${commitmentId}.`);
  return written;
}
