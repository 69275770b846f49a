import type { Kysely } from 'kysely';
import { rowLoader } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type PeerKey, type PeerRow, peersOf } from './peers.query.ts';

const keyOf = (key: PeerKey) =>
  [key.network, key.indicator, key.version, key.grain, key.start, key.subject].join('|');
const keyOfRow = (row: PeerRow) =>
  [row.network_id, row.indicator_id, row.version, row.grain, row.start, row.subject].join('|');

/** Units among their peers: one statement, whatever their number. */
export const peerLoader = (db: Kysely<IndicatorsTables>) =>
  rowLoader((keys: readonly PeerKey[]) => peersOf(db, keys), keyOf, keyOfRow);
