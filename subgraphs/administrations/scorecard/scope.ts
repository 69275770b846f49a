import { type RawBuilder, sql } from 'kysely';
import { type ProofKey, placeKind } from '../../../kernel/proof.ts';
import { standsIn } from '../within.ts';

/** Where proofs are looked for: lines of one scorecard share it. */
export type Where = Omit<ProofKey, 'commitment'>;

/** Open sites (`site`, a row of the directory) of a scope. */
export function sitesOf({ network, place }: Where): RawBuilder<boolean> {
  const kind = placeKind(place);
  const ofNetwork = network === null ? sql`true` : sql`site.network_id = ${network}`;
  const there =
    kind === 'SITE'
      ? sql`site.id = ${place}`
      : kind === 'STRUCTURE'
        ? sql`site.id = any(directory.branch_sites(${place}))`
        : standsIn('site', place);
  return sql<boolean>`site.valid_to is null and ${ofNetwork} and ${there}`;
}
