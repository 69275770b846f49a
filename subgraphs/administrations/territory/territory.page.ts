import type { TerritoryLevel } from '../../../kernel/ids.ts';
import type { AdministrationsContext } from '../context.ts';
import { type Optional, searchOf, textOf } from '../input.ts';
import { askPage, type PageArguments } from '../page.ts';
import type { Territory, TerritoryOrder, TerritorySearch } from './territory.ts';

/** 109 départements and 26 régions fit in one page. */
export const MOST_TERRITORIES = 200;

/** A page of the current children of a territory. */
export async function childrenPage(
  { id }: Territory,
  args: PageArguments & { orderBy?: Optional<TerritoryOrder> },
  { loaders: { territory } }: AdministrationsContext,
) {
  const order = args.orderBy ?? 'NAME_ASC';
  const { slice, toPage } = askPage(['children', id, order], args, MOST_TERRITORIES);
  const rows = await territory.children({ order, slice }).load(id);
  return toPage(rows, async () => (await territory.childCount.load(id))?.count ?? 0);
}

export interface TerritoriesArguments extends PageArguments {
  search?: Optional<string>;
  level?: Optional<TerritoryLevel>;
  postalCode?: Optional<string>;
  parent?: Optional<string>;
  includeMerged?: Optional<boolean>;
  orderBy?: Optional<TerritoryOrder>;
}

/** A page of the territories that match. */
export async function territoriesPage(
  args: TerritoriesArguments,
  { loaders: { territory } }: AdministrationsContext,
) {
  const criteria: TerritorySearch = {
    search: searchOf(args.search),
    level: args.level ?? null,
    postalCode: textOf(args.postalCode, 'postalCode'),
    parent: textOf(args.parent, 'parent'),
    includeMerged: args.includeMerged ?? false,
    order: args.orderBy ?? null,
  };
  const { slice, toPage } = askPage(['territories', criteria], args, MOST_TERRITORIES);
  return toPage(await territory.search(criteria, slice), () => territory.count(criteria));
}
