import type { Kysely } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import { type CompareArguments, compareNetworks } from './networks.query.ts';

export function networkLists(db: Kysely<IndicatorsTables>) {
  return { compareNetworks: (args: CompareArguments) => compareNetworks(db, args) };
}
