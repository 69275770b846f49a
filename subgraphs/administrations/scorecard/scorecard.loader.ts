import type { Kysely } from 'kysely';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { contactDuty } from './contact-duty.query.ts';
import { displayed } from './display.query.ts';
import type { Where } from './scope.ts';

/** What the lines of scorecards are read through: one statement for all lines of a scope. */
export function scorecardLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    displayed: loaderPerArguments((where: Where) =>
      rowLoader(
        (commitments: readonly string[]) => displayed(db, where, commitments),
        (commitment) => commitment,
        ({ commitmentId }) => commitmentId,
      ),
    ),
    contactDuty: (where: Where) => contactDuty(db, where),
  };
}
