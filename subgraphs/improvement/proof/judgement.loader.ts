import type { Kysely } from 'kysely';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { judgements, type Where } from './judgement.query.ts';

/** One statement for all lines of a scorecard. */
export const judgementLoader = (db: Kysely<ImprovementDatabase>) =>
  loaderPerArguments((where: Where) =>
    rowLoader(
      (commitments: readonly string[]) => judgements(db, where, commitments),
      (commitment) => commitment,
      (row) => row.commitment,
    ),
  );
