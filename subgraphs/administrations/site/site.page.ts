import type { Page } from '../../../kernel/graphql/connection.ts';
import type { AdministrationsContext } from '../context.ts';
import type { Optional } from '../input.ts';
import type { Sorted } from '../keyset.ts';
import type { Network } from '../network/network.ts';
import { askPage, type PageArguments } from '../page.ts';
import type { Territory } from '../territory/territory.ts';
import { orderServing, sliceServing } from './serving.ts';
import {
  criteriaOf,
  isDescending,
  type NearInput,
  nearOf,
  refuseNames,
  refuseRelation,
  type SiteFilterInput,
  withinKmOf,
} from './site.filter.ts';
import type { Position, ServiceRelation, Site, SiteCriteria, SiteOrder } from './site.ts';
import type { SiteListing } from './site-list.query.ts';

export interface SitesArguments extends PageArguments {
  filter?: Optional<SiteFilterInput>;
  orderBy?: Optional<SiteOrder>;
}
type ListedSite = Site & Sorted;
type SitePage = Promise<Page<ListedSite>>;

/** A page of the sites located in a territory, serving it, or nearest to its centre. */
export function territorySitesPage(
  territory: Territory,
  args: SitesArguments,
  context: AdministrationsContext,
): SitePage {
  const { relation } = args.filter ?? {};
  if (relation === 'NEAREST') return nearestPage(territory, args, context);
  if (relation === 'SERVES' && territory.level === 'COMMUNE') return servingPage(territory, args, context);
  return locatedPage(territory, args, context);
}

async function locatedPage(
  { id, level }: Territory,
  { filter, orderBy, ...page }: SitesArguments,
  context: AdministrationsContext,
): SitePage {
  const listing = listingOf(level, filter ?? {}, orderBy, null);
  const located = await listPage(id, listing, page, context);
  return { ...located, rows: located.rows.map((site) => ({ ...site, service: LOCATED })) };
}

const LOCATED: ServiceRelation = { kind: 'LOCATED', distanceKm: null };

async function servingPage(
  { id }: Territory,
  { filter, orderBy, ...page }: SitesArguments,
  { loaders: { site } }: AdministrationsContext,
): SitePage {
  const order = orderBy ?? 'DISTANCE_ASC';
  const criteria = criteriaOf(filter ?? {});
  const withinKm = withinKmOf(filter ?? {});
  const { slice, toPage } = askPage(['serving', id, order, withinKm, criteria], page);
  const all = orderServing(await site.serving(criteria).load(id), order, withinKm);
  return toPage(sliceServing(all, order, slice), all.length);
}

async function nearestPage(
  territory: Territory,
  { filter, orderBy, ...page }: SitesArguments,
  context: AdministrationsContext,
): SitePage {
  refuseNames(orderBy);
  const criteria = criteriaOf(filter ?? {});
  const withinKm = withinKmOf(filter ?? {});
  const position = await centerOf(territory, context);
  if (position === null) return askPage(['nearest', territory.id, criteria], page).toPage<ListedSite>([], 0);
  return aroundPage(position, criteria, withinKm, page, context);
}

async function centerOf(
  { id, latitude, longitude }: Territory,
  { loaders }: AdministrationsContext,
): Promise<Position | null> {
  if (latitude !== null && longitude !== null) return { key: id, latitude, longitude };
  return loaders.territory.meanCenter.load(id);
}

async function aroundPage(
  position: Position,
  criteria: SiteCriteria,
  radiusKm: number | null,
  args: PageArguments,
  { loaders: { site } }: AdministrationsContext,
): SitePage {
  const { slice, toPage } = askPage(['around', position, radiusKm, criteria], args);
  const rows = await site.around({ criteria, radiusKm, slice }).load(position);
  const count = async () => (await site.countAround({ criteria, radiusKm }).load(position))?.count ?? 0;
  return toPage(rows.map(nearestSite), count);
}

const nearestSite = ({ distanceKm, ...site }: ListedSite & { distanceKm: string }): ListedSite => ({
  ...site,
  service: { kind: 'NEAREST', distanceKm },
});

/** A page of the sites of a network. */
export function networkSitesPage(
  { id }: Network,
  { filter, orderBy, within, ...page }: SitesArguments & { within?: Optional<string> },
  context: AdministrationsContext,
): SitePage {
  return listPage(id, listingOf('NETWORK', filter ?? {}, orderBy, within), page, context);
}

/** A page of all sites, or of those around a position. */
export async function sitesPage(
  args: SitesArguments & { within?: Optional<string>; near?: Optional<NearInput> },
  context: AdministrationsContext,
): SitePage {
  const { filter, orderBy, within, near, ...page } = args;
  if (!near) return listPage('*', listingOf('ALL', filter ?? {}, orderBy, within), page, context);
  refuseNames(orderBy);
  if (filter?.relation !== 'NEAREST') refuseRelation(filter ?? {});
  const { position, radiusKm } = nearOf(near, filter ?? {});
  return aroundPage(position, criteriaOf(filter ?? {}, within), radiusKm, page, context);
}

function listingOf(
  scope: SiteListing['scope'],
  filter: SiteFilterInput,
  orderBy: Optional<SiteOrder>,
  within: Optional<string>,
): SiteListing {
  if (scope === 'ALL' || scope === 'NETWORK') refuseRelation(filter);
  return { scope, criteria: criteriaOf(filter, within), descending: isDescending(orderBy, filter) };
}

async function listPage(
  key: string,
  listing: SiteListing,
  args: PageArguments,
  { loaders: { site } }: AdministrationsContext,
): SitePage {
  const { slice, toPage } = askPage(['sites', key, listing], args);
  const rows: ListedSite[] = await site.list({ listing, slice }).load(key);
  return toPage(rows, async () => (await site.count(listing).load(key))?.count ?? 0);
}
