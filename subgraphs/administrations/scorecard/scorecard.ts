import { badInput, HubError } from '../../../kernel/errors.ts';
import { NATION } from '../../../kernel/ids.ts';
import { proofId } from '../../../kernel/proof.ts';
import { versionOf } from '../commitment/commitment.page.ts';
import type { AdministrationsContext } from '../context.ts';
import { type Optional, textOf } from '../input.ts';

/** `ScorecardScope` as GraphQL gives it. */
export interface ScorecardScope {
  network?: Optional<string>;
  territory?: Optional<string>;
  structure?: Optional<string>;
  site?: Optional<string>;
}

/** A line of a scorecard: everything is read from its id. */
export interface Proof {
  id: string;
}

/** The newest list: what services promise today. */
const TODAY = '2024';

/**
 * One line per commitment of a list, in their official order; nothing of it is read yet.
 *
 * @throws HubError BAD_USER_INPUT for two places at once, or a place of another network than the one that is named;
 *   NOT_FOUND for a network or a place that does not exist
 */
export async function scorecardOf(
  scope: ScorecardScope,
  version: Optional<string>,
  context: AdministrationsContext,
): Promise<Proof[]> {
  const { network, place } = await whereOf(scope, context);
  const commitments = await context.loaders.commitment.list(versionOf(version) ?? TODAY);
  return commitments.map(({ id }) => ({ id: proofId({ commitment: id, network, place }) }));
}

async function whereOf(
  scope: ScorecardScope,
  context: AdministrationsContext,
): Promise<{ network: string | null; place: string }> {
  const place = await placeOf(scope, context);
  if (place === null) throw new HubError('NOT_FOUND', 'No such place.');
  const own = place.networkId ?? null;
  const network = textOf(scope.network, 'network') ?? own;
  if (network !== null && (await context.loaders.network.byId.load(network)) === null)
    throw new HubError('NOT_FOUND', 'No such network.');
  if (own !== null && own !== network) throw badInput('This structure or site belongs to another network.');
  return { network, place: place.id };
}

/** The place that is named, the nation without any; null when there is no such place. */
async function placeOf(
  scope: ScorecardScope,
  { loaders }: AdministrationsContext,
): Promise<{ id: string; networkId?: string | null } | null> {
  const [territory, structure, site] = (['territory', 'structure', 'site'] as const).map((name) =>
    textOf(scope[name], name),
  );
  if ([territory, structure, site].filter(Boolean).length > 1)
    throw badInput('A scorecard is about a territory, a structure or a site: one of them.');
  if (site) return loaders.site.byId.load(site);
  if (structure) return loaders.structure.byId.load(structure);
  return loaders.territory.byId.load(territory ?? NATION);
}
