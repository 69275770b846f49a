import type { Kysely } from 'kysely';
import { listLoader } from '../../../kernel/loader.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { type AccessKey, accessByKey } from './access.query.ts';

const keyOf = ({ network, territory }: AccessKey) => `${network} ${territory}`;

/** Access to sites: one statement, whatever the number of networks and territories. */
export const accessLoader = (db: Kysely<AdministrationsDatabase>) =>
  listLoader((keys: readonly AccessKey[]) => accessByKey(db, keys), keyOf, keyOf);
