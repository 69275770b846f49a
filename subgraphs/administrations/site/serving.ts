import { compareDecimals } from '../../../kernel/decimal.ts';
import { fold } from '../../../kernel/text.ts';
import type { Slice, Sorted } from '../keyset.ts';
import type { ServiceRelation, Site, SiteOrder } from './site.ts';

type Key = Slice['after'] & {};
type Serving = Site & ServiceRelation;

/** Sites at an unknown distance come last. */
function compareKeys(order: SiteOrder, [a = null, idA]: Key, [b = null, idB]: Key): number {
  const byId = String(idA) < String(idB) ? -1 : Number(idA !== idB);
  if (order === 'DISTANCE_ASC') {
    if (a === null || b === null) return Number(a === null) - Number(b === null) || byId;
    return compareDecimals(a, b) || byId;
  }
  const byName = String(a) < String(b) ? -1 : Number(a !== b);
  return (byName || byId) * (order === 'NAME_DESC' ? -1 : 1);
}

const keyOf = (order: SiteOrder, site: Serving): Key => [
  order === 'DISTANCE_ASC' ? site.distanceKm : fold(site.name),
  site.id,
];

/**
 * The sites that serve a commune, ordered, each once: a site that two services of the filter lead to keeps its
 * first reason. There are a few per service, so they are ordered here.
 */
export function orderServing(
  serving: readonly Serving[],
  order: SiteOrder,
  withinKm: number | null,
): (Site & Sorted)[] {
  const each = new Map<string, Site & Sorted>();
  const byDistance = serving.toSorted((a, b) =>
    compareKeys('DISTANCE_ASC', keyOf('DISTANCE_ASC', a), keyOf('DISTANCE_ASC', b)),
  );
  for (const row of byDistance) {
    if (withinKm !== null && Number(row.distanceKm) > withinKm) continue;
    const { kind, distanceKm, ...site } = row;
    const known = each.get(site.id);
    if (known && (known.service?.kind === 'COMPETENT' || kind !== 'COMPETENT')) continue;
    each.set(site.id, { ...site, service: { kind, distanceKm }, sortKey: keyOf(order, row) });
  }
  return [...each.values()].sort((a, b) => compareKeys(order, a.sortKey, b.sortKey));
}

/** The slice of an ordered list that a page needs. */
export function sliceServing<T extends Sorted>(
  rows: readonly T[],
  order: SiteOrder,
  { after, limit }: Slice,
): T[] {
  const rest = after === null ? rows : rows.filter(({ sortKey }) => compareKeys(order, sortKey, after) > 0);
  return rest.slice(0, limit);
}
